import { ListenAddress, loadConfig, LOG_LEVELS, numberSetting, type Flags } from '@vrouter/service-kit';
import { z } from 'zod';
import { isLoopback } from './admin/loopback.ts';
import { Limits } from './http/limits.ts';
import { DURABILITIES } from './store/open-store.ts';
import { CONFIG_DELIVERY_MODES } from './profiles/contrail/config/config-delivery.ts';
import { PROFILE_NAMES } from './profiles/names.ts';

const DAY_SECONDS = 24 * 3600;

/** The one of `values` that this version has; others are planned, so the error says what there is. */
function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, {
    error: ({ input }) => `this version has ${values.join(', ')}; got ${JSON.stringify(input)}`,
  });
}

const AGENTS_MAX = 10_000;
const randomSeed = (): number => Math.floor(Math.random() * 2 ** 32);

/** Every setting of the agent. Unknown keys are errors. */
const Settings = z.strictObject({
  listen: ListenAddress.prefault('127.0.0.1:9091'),
  adminListen: ListenAddress.prefault('127.0.0.1:9191'),
  introspectListen: ListenAddress.optional(),
  adminRemote: z.union([z.boolean(), z.stringbool()]).default(false),
  name: z
    .string()
    .regex(/^[\w.-]+$/, { error: 'expected letters, digits, "_", "." and "-"' })
    .default('agent-1'),
  agents: numberSetting('agents', { min: 1, max: AGENTS_MAX, whole: true }).default(1),
  listenTemplate: z.string().min(1).optional(),
  stateDir: z.string({ error: 'expected a folder (--state-dir DIR), got nothing' }).min(1),
  portsDir: z.string().min(1).optional(),
  profile: oneOf(PROFILE_NAMES).default('blueprint'),
  durability: oneOf(DURABILITIES).default('journal'),
  staleTimeout: numberSetting('seconds', { min: 0, max: DAY_SECONDS, whole: false }).default(60),
  author: z.string().min(1).optional(),
  configDelivery: z.enum(CONFIG_DELIVERY_MODES).default('auto'),
  reloadDelay: numberSetting('seconds', { min: 0, max: DAY_SECONDS, whole: false }).default(0),
  requestsRemembered: numberSetting('requests', { min: 1, max: 1_000_000, whole: true }).default(10_000),
  faults: z.string().min(1).optional(),
  seed: numberSetting('units', { min: 0, max: 2 ** 32 - 1, whole: true }).default(randomSeed),
  limits: Limits.prefault({}),
  readyFile: z.string().min(1).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
});

/** Settings that go together. */
export const Config = Settings.refine(
  ({ adminListen, adminRemote }) => adminRemote || isLoopback(adminListen.host),
  {
    path: ['adminListen'],
    error:
      'expected an address of this machine such as 127.0.0.1: whoever reaches the admin API can do anything to the agent. ' +
      'Add --admin-remote if that is meant',
  },
);
export type Config = z.infer<typeof Config>;

export const FLAGS = {
  listen: { value: 'HOST:PORT', help: 'REST API for clients (127.0.0.1:9091); port 0 takes a free one' },
  'admin-listen': {
    value: 'HOST:PORT',
    help: 'state, health and other things for operators (127.0.0.1:9191)',
  },
  'admin-remote': { help: 'let --admin-listen be reached from other machines' },
  'introspect-listen': {
    value: 'HOST:PORT',
    help: 'ports as XML, as the real agent shows them on 127.0.0.1:8085 (off)',
  },
  'state-dir': { value: 'DIR', help: 'all that the agent keeps; created when missing (required)' },
  'ports-dir': { value: 'DIR', help: 'one file per port and nothing else (STATE-DIR/ports)' },
  profile: { value: 'NAME', help: `which agent to be: ${PROFILE_NAMES.join(', ')}` },
  durability: { value: 'NAME', help: `how ports are saved: ${DURABILITIES.join(', ')} (journal)` },
  'stale-timeout': { value: 'SECONDS', help: 'from a sync to the sweep of ports not added since (60)' },
  name: { value: 'NAME', help: 'name of the agent in the ready file (agent-1)' },
  agents: {
    value: 'N',
    help: 'that many agents, agent-1 and so on, each with the next port and its own folder (1)',
  },
  'listen-template': {
    value: 'TEXT',
    help: 'addresses of agents instead, with i from 0: 127.1.{i/250}.{i%250+1}:9091',
  },
  author: { value: 'TEXT', help: 'who wrote the port files (the name of the program that the profile has)' },
  'config-delivery': {
    value: 'MODE',
    help: `whether GET knows ports at once: ${CONFIG_DELIVERY_MODES.join(', ')} (auto); r4.1 and tf`,
  },
  'reload-delay': {
    value: 'SECONDS',
    help: 'how long a started agent serves before it loads its ports (0); r3.1, r4.1 and tf',
  },
  faults: { value: 'FILE', help: 'faults from the start on, as JSON; see the guide' },
  seed: { value: 'NUMBER', help: 'of all chance in faults (a random one, which is logged)' },
  'ready-file': { value: 'FILE', help: 'written, as JSON, once the agent serves' },
  config: { value: 'FILE', help: 'YAML or JSON with the same settings in camelCase; see the reference' },
  'log-level': { value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (info)` },
  help: { help: 'print this' },
  version: { help: 'print the version' },
} as const satisfies Flags;

/** Defaults < file < environment (`AGENT_STATE_DIR`) < flags. Throws `StartError`. */
export function readConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const { config: file, ...values } = flags;
  return loadConfig(Config, {
    file: typeof file === 'string' ? file : undefined,
    envPrefix: 'AGENT_',
    env,
    flags: values,
  });
}
