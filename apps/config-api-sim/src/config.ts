import { ListenAddress, loadConfig, LOG_LEVELS, numberSetting, type Flags } from '@vrouter/service-kit';
import { z } from 'zod';
import { Limits } from './http/limits.ts';
import { Account } from './keystone/accounts.ts';

const AUTHS = ['none', 'keystone'] as const;
const DAY_SECONDS = 24 * 3600;

/** Every setting of the server. Unknown keys are errors. */
export const Config = z.strictObject({
  listen: ListenAddress.prefault('127.0.0.1:8082'),
  adminListen: ListenAddress.prefault('127.0.0.1:8182'),
  stateDir: z.string({ error: 'expected a folder (--state-dir DIR), got nothing' }).min(1),
  auth: z.enum(AUTHS).default('none'),
  keystone: z
    .strictObject({
      accounts: z
        .array(Account)
        .default([{ name: 'admin', password: 'contrail123', projects: ['admin'] }])
        .describe('Who gets tokens.'),
      tokenLifetime: numberSetting('seconds', { min: 0.001, max: DAY_SECONDS, whole: false })
        .default(3600)
        .describe('How long a token is good for, in seconds.'),
    })
    .prefault({}),
  requestsRemembered: numberSetting('requests', { min: 1, max: 1_000_000, whole: true }).default(10_000),
  limits: Limits.prefault({}),
  readyFile: z.string().min(1).optional(),
  logLevel: z.enum(LOG_LEVELS).default('info'),
});
export type Config = z.infer<typeof Config>;

export const FLAGS = {
  listen: { value: 'HOST:PORT', help: 'config API and Keystone (127.0.0.1:8082); port 0 takes a free one' },
  'admin-listen': {
    value: 'HOST:PORT',
    help: 'faults, snapshots and other things for tests (127.0.0.1:8182)',
  },
  'state-dir': { value: 'DIR', help: 'all that the server keeps; created when missing (required)' },
  auth: { value: 'NAME', help: 'none: everyone may do everything; keystone: only with a token (none)' },
  'ready-file': { value: 'FILE', help: 'written, as JSON, once the server serves' },
  config: { value: 'FILE', help: 'YAML or JSON with the same settings in camelCase, keystone and limits' },
  'log-level': { value: 'LEVEL', help: `${LOG_LEVELS.join(', ')} (info)` },
  help: { help: 'print this' },
  version: { help: 'print the version' },
} as const satisfies Flags;

/** Defaults < file < environment (`CONFIG_API_STATE_DIR`) < flags. Throws `StartError`. */
export function readConfig(
  flags: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const { config: file, ...values } = flags;
  return loadConfig(Config, {
    file: typeof file === 'string' ? file : undefined,
    envPrefix: 'CONFIG_API_',
    env,
    flags: values,
  });
}
