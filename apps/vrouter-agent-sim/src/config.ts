import { ListenAddress, loadConfig, LOG_LEVELS, numberSetting } from '@vrouter/service-kit';
import { z } from 'zod';
import { isLoopback } from './admin/loopback.ts';
import { Limits } from './http/limits.ts';
import { DATA_PLANES } from './dataplane/kinds.ts';
import { DURABILITIES } from './store/open-store.ts';
import { CONFIG_DELIVERY_MODES } from './profiles/contrail/config/config-delivery.ts';
import { PROFILE_NAMES } from './profiles/names.ts';

const DAY_SECONDS = 24 * 3600;

/** One of `values`; the error says what there is, and what came. */
function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, {
    error: ({ input }) => `expected one of ${values.join(', ')}; got ${JSON.stringify(input)}`,
  });
}

const AGENTS_MAX = 10_000;
const randomSeed = (): number => Math.floor(Math.random() * 2 ** 32);

const Path = z.string().min(1).meta({ title: 'path' });
const Address = ListenAddress.meta({ title: 'HOST:PORT' });
const AddressOrNone = z
  .union([z.literal('none'), ListenAddress], {
    error: ({ input }) => `expected HOST:PORT such as 127.0.0.1:8085, or none, got ${JSON.stringify(input)}`,
  })
  .meta({ title: 'HOST:PORT or none' });
const Switch = z.union([z.boolean(), z.stringbool()]).meta({ title: 'true or false' });

/** Every setting of the agent; those that have a flag are explained there. Unknown keys are errors. */
const Settings = z.strictObject({
  listen: Address.prefault('127.0.0.1:9091'),
  adminListen: Address.prefault('127.0.0.1:9191'),
  introspectListen: AddressOrNone.optional(),
  adminRemote: Switch.default(false),
  tlsCert: Path.optional(),
  tlsKey: Path.optional(),
  tlsClientCa: Path.optional(),
  adminTlsCert: Path.optional(),
  adminTlsKey: Path.optional(),
  adminTlsClientCa: Path.optional(),
  name: z
    .string()
    .regex(/^[\w.-]+$/, { error: 'expected letters, digits, "_", "." and "-"' })
    .default('agent-1'),
  agents: numberSetting('agents', { min: 1, max: AGENTS_MAX, whole: true }).default(1),
  listenTemplate: z.string().min(1).optional(),
  stateDir: z
    .string({ error: 'expected a folder (--state-dir DIR), got nothing' })
    .min(1)
    .meta({ title: 'path' }),
  portsDir: Path.optional(),
  profile: oneOf(PROFILE_NAMES).default('blueprint'),
  durability: oneOf(DURABILITIES).default('journal'),
  dataplane: oneOf(DATA_PLANES).default('none'),
  ovsRunDir: z.string().min(1).meta({ title: 'path' }).default('/var/run/openvswitch'),
  bridgePrefix: z
    .string()
    .regex(/^[\w.-]*$/, { error: 'expected letters, digits, "_", "." and "-"' })
    .default('vr-'),
  peersDir: Path.optional(),
  staleTimeout: numberSetting('seconds', { min: 0, max: DAY_SECONDS, whole: false }).default(60),
  author: z.string().min(1).optional(),
  configDelivery: oneOf(CONFIG_DELIVERY_MODES).default('auto'),
  reloadDelay: numberSetting('seconds', { min: 0, max: DAY_SECONDS, whole: false }).default(0),
  requestsRemembered: numberSetting('requests', { min: 1, max: 1_000_000, whole: true })
    .default(10_000)
    .describe('How many requests `GET /admin/requests` tells of; older ones are dropped, and counted.'),
  faults: Path.optional(),
  seed: numberSetting('', { min: 0, max: 2 ** 32 - 1, whole: true }).default(randomSeed),
  limits: Limits.prefault({}).describe('What one client may take, and all together.'),
  readyFile: Path.optional(),
  logLevel: oneOf(LOG_LEVELS).default('info'),
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
