import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ListenAddress, LOG_LEVELS, StartError } from '@vrouter/service-kit';
import { z } from 'zod';
import {
  AgentUrl,
  Count,
  Milliseconds,
  Name,
  Path,
  Seconds,
  Share,
  Switch,
  Text,
  VcenterUrl,
} from './config-values.ts';
import { refineUnique } from './refine-unique.ts';

const FileInventory = z.strictObject({
  kind: z.literal('file'),
  path: Path.describe('Inventory file, YAML or JSON; read again at every change.'),
});

const VsphereInventory = z.strictObject({
  kind: z.literal('vsphere'),
  url: VcenterUrl.describe('vCenter, such as `https://vcenter.example/sdk`.'),
  username: Text.describe('Read-only access to the whole data centre is enough.'),
  password: Text.optional().describe(
    'Better in `passwordFile` or the environment (`PLUGIN_INVENTORY__PASSWORD`).',
  ),
  passwordFile: Path.optional().describe('File that holds the password.'),
  datacenter: Text.optional().describe('Only this data centre; default: all.'),
  tls: z
    .strictObject({
      insecure: Switch.default(false).describe('Accept any certificate. For simulators only.'),
      caFile: Path.optional().describe('PEM file of the only CA to trust.'),
      serverName: Text.optional().describe(
        'Name to expect in the certificate instead of the one in the URL.',
      ),
    })
    .prefault({}),
});

/** The whole configuration. The reference page is made from it. */
export const Config = z
  .strictObject({
    stateDir: Path.default('./state').describe('Folder of the ledger. One plugin per folder.'),
    listen: ListenAddress.prefault('127.0.0.1:8234')
      .describe('Address of health and introspection; port 0 for a free one.')
      .meta({ title: 'HOST:PORT' }),
    mode: z
      .enum(['standalone'])
      .default('standalone')
      .describe('`standalone`: ports come from the inventory alone, without a config API.'),
    lifecycle: z
      .enum(['power', 'link'])
      .default('power')
      .describe(
        '`power`: a port exists while its VM is powered on. `link`: it exists while the adapter does; power enables and disables it.',
      ),
    inventory: z.discriminatedUnion('kind', [FileInventory, VsphereInventory], {
      error: 'expected kind: file or vsphere, with the keys of that kind',
    }),
    agents: z
      .array(
        z.strictObject({
          name: Name.describe('How logs and introspection call it.'),
          url: AgentUrl.describe('REST address of the agent, such as `http://10.0.0.5:9091`.'),
          host: Name.describe('ESXi host that it serves, as the inventory names it.'),
        }),
      )
      .min(1, { error: 'at least one agent' })
      .describe('Names, URLs and hosts are there once each.'),
    staleTimeout: Seconds.default(60).describe("The agents' sweep timeout; must not be more than theirs."),
    reconnect: z
      .enum(['re-add', 'retry-only', 'resync'])
      .default('re-add')
      .describe('After an outage of an agent: add all its ports again, only what failed, or sync first.'),
    brake: z
      .strictObject({
        count: Count.default(20).describe('Ports of an agent that may go at once in any case.'),
        share: Share.default(0.5).describe("Share of an agent's ports that may go at once in any case."),
        hold: Seconds.default(300).describe(
          'Seconds after which more than both go by themselves, if they stay missing.',
        ),
      })
      .prefault({})
      .describe('Removals of suspiciously many ports at once wait.'),
    timeouts: z
      .strictObject({
        connectMs: Milliseconds.default(1000).describe('For a connection to an agent, milliseconds.'),
        responseMs: Milliseconds.default(5000).describe('For an answer of an agent, milliseconds.'),
      })
      .prefault({}),
    logLevel: z.enum(LOG_LEVELS).default('info').describe('Below it nothing is logged.'),
  })
  .superRefine(({ agents }, context) => {
    for (const field of ['name', 'host', 'url'] as const) {
      const values = agents.map((agent) => agent[field]);
      refineUnique(context, ['agents'], field, values);
    }
  });

export type Config = z.output<typeof Config>;
export type VsphereConfig = z.output<typeof VsphereInventory>;

/** File names in a configuration are relative to its file. */
export function resolvePaths(config: Config, configFile: string | undefined): Config {
  const base = configFile === undefined ? process.cwd() : dirname(resolve(configFile));
  const at = (path: string): string => resolve(base, path);
  const { inventory } = config;
  if (inventory.kind === 'file')
    return {
      ...config,
      stateDir: at(config.stateDir),
      inventory: { ...inventory, path: at(inventory.path) },
    };
  const { passwordFile, tls } = inventory;
  return {
    ...config,
    stateDir: at(config.stateDir),
    inventory: {
      ...inventory,
      ...(passwordFile !== undefined && { passwordFile: at(passwordFile) }),
      tls: { ...tls, ...(tls.caFile !== undefined && { caFile: at(tls.caFile) }) },
    },
  };
}

/** The configuration for people: the password masked. */
export function shownConfig(config: Config): Config {
  const { inventory } = config;
  if (inventory.kind === 'file' || inventory.password === undefined) return config;
  return { ...config, inventory: { ...inventory, password: '***' } };
}

/** The password itself, from wherever the configuration says. Throws `StartError`. */
export function vspherePassword(config: VsphereConfig): string {
  if (config.password !== undefined) return config.password;
  if (config.passwordFile === undefined)
    throw new StartError('BAD_CONFIG', 'inventory: expected password or passwordFile, got neither');
  try {
    return readFileSync(config.passwordFile, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `inventory.passwordFile: cannot read ${config.passwordFile}: ${(error as Error).message}`,
    );
  }
}
