import { dirname, resolve } from 'node:path';
import { ListenAddress, LOG_LEVELS, maskSecrets, StartError } from '@vrouter/service-kit';
import { z } from 'zod';
import { AgentTlsSection, agentTlsWithPaths } from './agent-tls.ts';
import { ConfigApiSection, withResolvedPaths } from './config-api/config-section.ts';
import {
  AgentUrl,
  Count,
  HttpUrl,
  Milliseconds,
  Name,
  Path,
  Port,
  Seconds,
  Share,
  Switch,
  Text,
} from './config-values.ts';
import { refineUnique } from './refine-unique.ts';
import { readPasswordFile } from './setting-file.ts';
import { TlsSection, tlsWithPaths } from './tls-section.ts';

const FileInventory = z.strictObject({
  kind: z.literal('file'),
  path: Path.describe('Inventory file, YAML or JSON; read again at every change.'),
});

const Places = z.array(Text).meta({ title: 'list of paths' });

const VsphereScope = z
  .strictObject({
    datacenter: Text.exactOptional().describe('Only this data centre; default: all.'),
    cluster: Places.exactOptional().describe('Only the hosts of these clusters.'),
    switch: Places.exactOptional().describe('Only the port groups of these distributed switches.'),
    folder: Places.exactOptional().describe('Only the VMs in these folders and below.'),
  })
  .superRefine(({ datacenter, ...parts }, context) => {
    const named = Object.entries(parts).filter(([, paths]) => paths.length > 0);
    if (datacenter !== undefined || named.length === 0) return;
    const names = named.map(([part]) => part).join(' and ');
    context.addIssue({
      code: 'custom',
      path: ['datacenter'],
      message: `expected the data centre in which to look for ${names}`,
    });
  });

const VsphereInventory = z.strictObject({
  kind: z.literal('vsphere'),
  url: HttpUrl.describe('vCenter, such as `https://vcenter.example/sdk`.'),
  username: Text.describe('Read-only access to the whole data centre is enough.'),
  password: Text.optional().describe(
    'Better in `passwordFile` or the environment (`PLUGIN_INVENTORY__PASSWORD`).',
  ),
  passwordFile: Path.optional().describe('File that holds the password.'),
  datacenter: Text.optional().describe('Short for a `scope` of one data centre.'),
  scope: VsphereScope.exactOptional().describe(
    'Which part of vCenter to read; the lists hold paths within the data centre.',
  ),
  agentVm: z
    .strictObject({
      name: Text.default('contrailVM').describe('A VM whose name contains this, in any case, is an agent.'),
      fabricNetwork: Text.default('contrail-fab-pg').describe('The network on which agents are reached.'),
      discover: Switch.default(false).describe(
        'Each of them is the agent of the host it runs on, unless `agents` or `agentsFile` name one for that host.',
      ),
      port: Port.default(9091).describe('Where such an agent listens.'),
    })
    .exactOptional()
    .describe("Which VMs are the agents' own: they get no ports."),
  tls: TlsSection,
});

const Agent = z.strictObject({
  name: Name.describe('How logs and introspection call it.'),
  url: AgentUrl.describe(
    'REST address of the agent, such as `http://10.0.0.5:9091`, or with `https`; see `agentTls`.',
  ),
  host: Name.describe('ESXi host that it serves, as the inventory names it.'),
});

/** Names, URLs and hosts are there once each. */
export const Agents = z.array(Agent).superRefine((agents, context) => {
  for (const field of ['name', 'host', 'url'] as const) {
    const values = agents.map((agent) => agent[field]);
    refineUnique(context, [], field, values);
  }
});

/** The whole configuration. The reference page is made from it. */
export const Config = z
  .strictObject({
    stateDir: Path.default('./state').describe('Folder of the ledger. One plugin per folder.'),
    listen: ListenAddress.prefault('127.0.0.1:8234')
      .describe('Address of health and introspection; port 0 for a free one.')
      .meta({ title: 'HOST:PORT' }),
    mode: z
      .enum(['standalone', 'vcenter-only', 'vcenter-as-compute'])
      .default('standalone')
      .describe(
        '`standalone`: ports come from the inventory alone, without a config API. `vcenter-only`: vCenter is the master, its networks and VMs are kept in the config API. `vcenter-as-compute`: OpenStack is the master, interfaces are looked up in the config API, which is only read.',
      ),
    configApi: ConfigApiSection.exactOptional().describe('For every mode but standalone.'),
    lifecycle: z
      .enum(['power', 'link'])
      .default('power')
      .describe(
        '`power`: a port exists while its VM is powered on. `link`: it exists while the adapter does; power enables and disables it.',
      ),
    inventory: z.discriminatedUnion('kind', [FileInventory, VsphereInventory], {
      error: 'expected kind: file or vsphere, with the keys of that kind',
    }),
    agents: Agents.prefault([]).describe('Names, URLs and hosts are there once each.'),
    agentsFile: Path.optional().describe(
      'File of more agents: lines `HOST:IPV4` as in `ESXiToVRouterIp.map` (port 9091), or a list like `agents` when its name ends in `.yaml`, `.yml` or `.json`. Read again at every change.',
    ),
    agentTls: AgentTlsSection.prefault({}).describe('For agents with `https` URLs.'),
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
  .superRefine(({ agents, agentsFile, inventory, mode, configApi }, context) => {
    if (mode !== 'standalone' && configApi === undefined)
      context.addIssue({ code: 'custom', path: ['configApi'], message: `expected it, as mode is ${mode}` });
    const discover = inventory.kind === 'vsphere' && inventory.agentVm?.discover === true;
    if (agents.length === 0 && agentsFile === undefined && !discover) {
      const message = 'at least one agent, or agentsFile, or inventory.agentVm.discover';
      context.addIssue({ code: 'custom', path: ['agents'], message });
    }
    if (inventory.kind === 'file' || inventory.datacenter === undefined || inventory.scope === undefined)
      return;
    context.addIssue({
      code: 'custom',
      path: ['inventory', 'datacenter'],
      message: 'expected it in scope, as there is one',
    });
  });

export type Config = z.output<typeof Config>;
export type VsphereConfig = z.output<typeof VsphereInventory>;

/** File names in a configuration are relative to its file. */
export function resolvePaths(config: Config, configFile: string | undefined): Config {
  const base = configFile === undefined ? process.cwd() : dirname(resolve(configFile));
  const at = (path: string): string => resolve(base, path);
  const { inventory, agentsFile, configApi } = config;
  const common = {
    ...config,
    stateDir: at(config.stateDir),
    agentTls: agentTlsWithPaths(config.agentTls, at),
    ...(agentsFile !== undefined && { agentsFile: at(agentsFile) }),
    ...(configApi !== undefined && { configApi: withResolvedPaths(configApi, at) }),
  };
  if (inventory.kind === 'file') return { ...common, inventory: { ...inventory, path: at(inventory.path) } };
  const { passwordFile, tls } = inventory;
  return {
    ...common,
    inventory: {
      ...inventory,
      ...(passwordFile !== undefined && { passwordFile: at(passwordFile) }),
      tls: tlsWithPaths(tls, at),
    },
  };
}

/** The configuration for people: passwords masked. */
export function shownConfig(config: Config): unknown {
  return maskSecrets(config);
}

/** The password itself, from wherever the configuration says. Throws `StartError`. */
export function vspherePassword(config: VsphereConfig): string {
  if (config.password !== undefined) return config.password;
  if (config.passwordFile === undefined)
    throw new StartError('BAD_CONFIG', 'inventory: expected password or passwordFile, got neither');
  return readPasswordFile(config.passwordFile, 'inventory.passwordFile');
}
