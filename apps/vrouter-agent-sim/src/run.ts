import {
  clearReadyFile,
  createLogger,
  helpLines,
  parseCommandLine,
  runMain,
  StartError,
  stopGracefully,
  systemClock,
  writeReadyFile,
} from '@vrouter/service-kit';
import { readConfig } from './config.ts';
import { FLAGS, withDefaults } from './flags.ts';
import { ownVersion } from './own-version.ts';
import { startAgent } from './start.ts';
import { nodeFileSystem } from './store/file-system.ts';

const NAME = 'vrouter-agent-sim';

await runMain(NAME, async () => {
  const { values, positionals } = parseCommandLine(FLAGS, process.argv.slice(2));
  const { help, version, ...settings } = values;
  if (help === true)
    return print([`Usage: ${NAME} --state-dir DIR [flags]`, ...helpLines(withDefaults(FLAGS))].join('\n'));
  if (version === true) return print(ownVersion());
  if (positionals.length > 0) {
    throw new StartError(
      'BAD_USAGE',
      `There are no commands, only flags; got ${JSON.stringify(positionals[0])}.`,
    );
  }

  const config = readConfig(settings, process.env);
  clearReadyFile(config.readyFile);
  const log = createLogger(NAME, config.logLevel);
  const agent = await startAgent(config, { clock: systemClock, files: nodeFileSystem, log });
  stopGracefully({
    onStop: async ({ signal, error }) => {
      log.info({ signal, err: error }, 'stopping');
      clearReadyFile(config.readyFile);
      await agent.stop();
    },
    log: (message, error) => log.error({ err: error }, message),
  });

  const { url, adminUrl, introspectUrl } = agent;
  await agent.loaded;
  log.info({ url, adminUrl, introspectUrl, profile: config.profile, seed: config.seed }, 'serving');
  writeReadyFile(config.readyFile, {
    url,
    adminUrl,
    pid: process.pid,
    version: ownVersion(),
    profile: config.profile,
    agents: agent.agents,
  });
});

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
