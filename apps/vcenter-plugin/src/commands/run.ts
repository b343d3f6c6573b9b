import {
  clearReadyFile,
  createLogger,
  StartError,
  stopGracefully,
  systemClock,
  writeReadyFile,
  type Logger,
} from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { PluginError } from '../errors.ts';
import { createPlugin, type Plugin } from '../plugin.ts';
import { VERSION } from '../version.ts';

const READY_CHECK_MS = 20;

/** Keeps the agents equal to the inventory until the process is asked to stop. */
export async function run(config: Config, readyFile: string | undefined): Promise<void> {
  const log = createLogger('vcenter-plugin', config.logLevel);
  let fatal: unknown;
  const plugin = create(config, log, (error) => {
    if (fatal !== undefined) return;
    fatal = error;
    log.fatal({ err: error }, (error as Error).message);
    stopper.stop();
  });
  let stopping = false;
  const stopper = stopGracefully({
    log: (message, error) => log.error({ err: error }, message),
    async onStop({ signal, error }) {
      stopping = true;
      if (error !== undefined) log.fatal({ err: error }, 'unexpected error');
      log.info({ signal }, 'stopping');
      await plugin.stop();
      if (fatal !== undefined) throw fatal;
    },
  });
  // Only now: the file may be that of the process that holds the state folder.
  clearReadyFile(readyFile);
  const url = await plugin.start();
  log.info({ url, version: VERSION }, 'introspect listening');
  await becomesReady(plugin, () => stopping);
  if (stopping) return;
  writeReadyFile(readyFile, { url, pid: process.pid, version: VERSION });
  log.info({ url }, 'ready');
}

/** A ledger that is no use is for the operator to mend: no stack. */
function create(config: Config, log: Logger, onFatal: (error: unknown) => void): Plugin {
  try {
    return createPlugin(config, log, onFatal);
  } catch (error) {
    if (error instanceof PluginError)
      throw new StartError('FOLDER_UNUSABLE', error.message, { cause: error });
    throw error;
  }
}

/** Ends when the plugin is ready, however long that takes, or when the process stops. */
async function becomesReady(plugin: Plugin, isStopping: () => boolean): Promise<void> {
  while (!isStopping() && !plugin.readiness().ready) {
    await new Promise<void>((resolve) => {
      systemClock.schedule(READY_CHECK_MS, resolve);
    });
  }
}
