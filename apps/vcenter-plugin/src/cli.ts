import { resolve } from 'node:path';
import { helpLines, loadConfig, parseCommandLine, StartError, urlOf } from '@vrouter/service-kit';
import { checkConfig } from './commands/check-config.ts';
import { checkLive } from './commands/check-live.ts';
import { importConfig } from './commands/import-config.ts';
import { run } from './commands/run.ts';
import { status } from './commands/status.ts';
import { Config, resolvePaths } from './config.ts';
import { COMMANDS, FLAGS } from './flags.ts';
import { VERSION } from './version.ts';

const NAME_WIDTH = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;
const COMMAND_LINES = Object.entries(COMMANDS).map(([name, help]) => `  ${name.padEnd(NAME_WIDTH)}${help}`);

const HELP = `vcenter-plugin [${Object.keys(COMMANDS).join('|')}] --config FILE [flags]

${COMMAND_LINES.join('\n')}

${helpLines(FLAGS).join('\n')}

Configuration: defaults < file < environment (PLUGIN_...) < flags.`;

/** Runs the command line. Throws `StartError` for wrong usage or configuration. */
export async function cli(argv: readonly string[]): Promise<void> {
  const { values, positionals } = parseCommandLine(FLAGS, argv);
  if (values['help'] === true) return print(HELP);
  if (values['version'] === true) return print(VERSION);
  const [command = 'run', file, ...rest] = positionals;
  if (command === 'import-config' ? rest.length > 0 : file !== undefined)
    throw new StartError('BAD_USAGE', `expected one command, got ${JSON.stringify(positionals.join(' '))}`);
  const { config: configFile, readyFile, url, map, live, ...flags } = values as Record<string, string>;
  // A folder on the command line is relative to where it was typed, not to the configuration file.
  const overrides =
    flags['stateDir'] === undefined ? flags : { ...flags, stateDir: resolve(flags['stateDir']) };
  const config = (): Config => {
    const raw = loadConfig(Config, {
      file: configFile,
      envPrefix: 'PLUGIN_',
      env: process.env,
      flags: overrides,
    });
    return resolvePaths(raw, configFile);
  };
  switch (command) {
    case 'run':
      return run(config(), readyFile);
    case 'check-config':
      return live === undefined ? checkConfig(config(), print) : checkLive(config(), print);
    case 'import-config':
      if (file === undefined)
        throw new StartError('BAD_USAGE', "import-config: expected the original's properties file, got none");
      return importConfig(file, map, print, tell);
    case 'status':
      return status(url ?? statusUrl(config()), print);
    default:
      throw new StartError(
        'BAD_USAGE',
        `unknown command ${JSON.stringify(command)}; expected ${Object.keys(COMMANDS).join(', ')}`,
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

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
