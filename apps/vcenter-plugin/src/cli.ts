import { resolve } from 'node:path';
import { helpLines, loadConfig, parseCommandLine, StartError, urlOf, type Flags } from '@vrouter/service-kit';
import { checkConfig } from './commands/check-config.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { Config, resolvePaths } from './config.ts';
import { VERSION } from './version.ts';

export const FLAGS: Flags = {
  config: { value: 'FILE', help: 'configuration, YAML or JSON' },
  'ready-file': { value: 'FILE', help: 'written when the inventory was read and every agent was tried' },
  'state-dir': { value: 'DIR', help: 'folder of the ledger (overrides stateDir)' },
  listen: { value: 'HOST:PORT', help: 'health and introspection (overrides listen)' },
  'log-level': { value: 'LEVEL', help: 'trace, debug, info, warn, error, fatal or silent' },
  url: { value: 'URL', help: 'status: the plugin to ask (default: from listen)' },
  help: { help: 'print this' },
  version: { help: 'print the version' },
};

const HELP = `vcenter-plugin [run|check-config|status] --config FILE [flags]

  run           keep the agents' ports equal to the inventory (default)
  check-config  read the configuration and the inventory file, say what they mean, change nothing
  status        ask a running plugin how its agents are

${helpLines(FLAGS).join('\n')}

Configuration: defaults < file < environment (PLUGIN_...) < flags.`;

/** Runs the command line. Throws `StartError` for wrong usage or configuration. */
export async function cli(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseCommandLine(FLAGS, argv);
  if (values['help'] === true) return print(HELP);
  if (values['version'] === true) return print(VERSION);
  const [command = 'run', ...rest] = positionals;
  if (rest.length > 0)
    throw new StartError('BAD_USAGE', `expected one command, got ${JSON.stringify(positionals.join(' '))}`);
  const { config: file, readyFile, url, ...flags } = values as Record<string, string>;
  // A folder on the command line is relative to where it was typed, not to the configuration file.
  const overrides =
    flags['stateDir'] === undefined ? flags : { ...flags, stateDir: resolve(flags['stateDir']) };
  const config = (): Config => {
    const raw = loadConfig(Config, { file, envPrefix: 'PLUGIN_', env: process.env, flags: overrides });
    return resolvePaths(raw, file);
  };
  switch (command) {
    case 'run':
      return run(config(), readyFile);
    case 'check-config':
      return checkConfig(config(), print);
    case 'status':
      return status(url ?? statusUrl(config()), print);
    default:
      throw new StartError(
        'BAD_USAGE',
        `unknown command ${JSON.stringify(command)}; expected run, check-config or status`,
      );
  }
}

function statusUrl({ listen }: Config): string {
  if (listen.port === 0)
    throw new StartError(
      'BAD_USAGE',
      'listen has port 0, so the address of the plugin is unknown; give --url',
    );
  return urlOf({ address: listen.host, port: listen.port });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
