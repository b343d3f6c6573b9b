import { parseArgs } from 'node:util';
import { ConformanceError } from '../errors.ts';
import type { Config } from '../needs.ts';
import { PROFILES, PROFILE_NAMES, type ProfileName } from '../profiles.ts';
import type { ClientTls } from '../wire/address.ts';
import { readClientTls } from './client-tls.ts';

/** Every flag: what it takes, and what it does. */
export const FLAGS = {
  url: { value: 'URL', help: 'REST API of the agent, like http://127.0.0.1:9091 (required)' },
  profile: { value: 'NAME', help: `what it should behave like: ${PROFILE_NAMES.join(', ')} (blueprint)` },
  'ports-dir': { value: 'DIR', help: "the agent's folder of port files, as seen from here" },
  'restart-command': {
    value: 'CMD',
    help: 'restarts the agent on the same URL; run by a shell, must end with 0',
  },
  'stale-timeout': { value: 'SECONDS', help: 'the time from a sync to its sweep that the agent is set to' },
  'allow-sweep': { help: 'allow syncs. A sync REMOVES THE PORTS OF OTHERS unless they are added again' },
  'allow-folder-outage': { help: 'allow that the whole ports folder is away for a moment' },
  'allow-many-syncs': { help: 'allow 65,536 syncs in a row' },
  config: { value: 'WORD', help: 'delivered or missing: does configuration for any port reach the agent?' },
  'admin-url': { value: 'URL', help: 'admin API of the reference agent' },
  'introspect-url': { value: 'URL', help: 'page for operators, like http://127.0.0.1:8085' },
  ca: { value: 'FILE', help: 'for https: the only authority to trust, as PEM' },
  'client-cert': { value: 'FILE', help: 'for https: a certificate to show, as PEM; with --client-key' },
  'client-key': { value: 'FILE', help: 'its key, as PEM' },
  only: { value: 'LIST', help: 'names, topics or behaviour numbers with commas between; * is any text' },
  list: { help: 'only list the checks' },
  json: { value: 'FILE', help: 'write the results as JSON' },
  junit: { value: 'FILE', help: 'write the results as JUnit XML' },
  html: { value: 'FILE', help: 'write the results as a page' },
  help: { help: 'print this' },
} as const satisfies Record<string, { readonly value?: string; readonly help: string }>;

export interface Command {
  readonly help: boolean;
  readonly list: boolean;
  readonly url: string | undefined;
  readonly profile: ProfileName;
  readonly portsDir: string | undefined;
  readonly adminUrl: string | undefined;
  readonly introspectUrl: string | undefined;
  readonly tls: ClientTls;
  readonly restartCommand: string | undefined;
  readonly staleTimeoutMs: number | undefined;
  readonly allowSweep: boolean;
  readonly allowFolderOutage: boolean;
  readonly allowManySyncs: boolean;
  readonly config: Config | undefined;
  readonly only: readonly string[];
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly html: string | undefined;
}

/** Throws USAGE. */
export function parseCommandLine(args: readonly string[]): Command {
  const values = valuesOf(args);
  const text = (name: keyof typeof FLAGS): string | undefined => values[name] as string | undefined;
  const command: Command = {
    help: values['help'] === true,
    list: values['list'] === true,
    url: text('url'),
    profile: oneOf('profile', text('profile') ?? 'blueprint', PROFILE_NAMES),
    portsDir: text('ports-dir'),
    adminUrl: text('admin-url'),
    introspectUrl: text('introspect-url'),
    tls: readClientTls({ ca: text('ca'), cert: text('client-cert'), key: text('client-key') }),
    restartCommand: text('restart-command'),
    staleTimeoutMs: milliseconds('stale-timeout', text('stale-timeout')),
    allowSweep: values['allow-sweep'] === true,
    allowFolderOutage: values['allow-folder-outage'] === true,
    allowManySyncs: values['allow-many-syncs'] === true,
    config:
      text('config') === undefined
        ? undefined
        : oneOf('config', text('config') ?? '', ['delivered', 'missing']),
    only: (text('only') ?? '').split(',').filter((pattern) => pattern !== ''),
    json: text('json'),
    junit: text('junit'),
    html: text('html'),
  };
  if (!command.help && !command.list && command.url === undefined)
    throw usage('--url: expected a URL, got nothing');
  return command;
}

export function helpText(): string {
  const rows = Object.entries(FLAGS).map(([name, flag]) => [
    `--${name}${'value' in flag ? ` ${flag.value}` : ''}`,
    flag.help,
  ]);
  const width = Math.max(...rows.map(([flag = '']) => flag.length));
  return [
    'Usage: npm run conformance -- --url URL [flags]',
    '',
    ...rows.map(([flag = '', help = '']) => `  ${flag.padEnd(width)}  ${help}`),
    '',
    'Profiles:',
    ...Object.entries(PROFILES).map(([name, what]) => `  ${name.padEnd(10)} ${what}`),
    '',
    'Exit codes: 0 everything that was run passed, 1 something failed, 2 bad usage or no agent.',
  ].join('\n');
}

function valuesOf(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]) => [
      name,
      { type: 'value' in flag ? 'string' : 'boolean' } as const,
    ]),
  );
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function oneOf<const T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined)
    throw usage(`--${flag}: expected ${allowed.join(', ')}, got ${JSON.stringify(value)}`);
  return found;
}

function milliseconds(flag: string, seconds: string | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  const value = Number(seconds);
  if (seconds.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw usage(`--${flag}: expected seconds above 0, got ${JSON.stringify(seconds)}`);
  }
  return value * 1000;
}

function usage(message: string): ConformanceError {
  return new ConformanceError('USAGE', message);
}
