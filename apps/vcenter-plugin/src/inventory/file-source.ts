import { watch, type FSWatcher } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Clock, Logger } from '@vrouter/service-kit';
import { parseInventoryFile } from './file-parse.ts';
import type { InventorySource, InventoryState } from './model.ts';

/** A watcher can miss changes (network file systems, container mounts): look again this often. */
const POLL_MS = 1000;
const SIZE_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The inventory in `path`, read again at every change. A file that cannot be read keeps the last good inventory in
 * force (the listener hears why) and is tried again at the next change or within a second.
 */
export function fileSource(path: string, clock: Clock, log: Logger): InventorySource {
  let listener: ((state: InventoryState) => void) | undefined;
  let watcher: FSWatcher | undefined;
  let cancelPoll: (() => void) | undefined;
  let last: string | undefined;
  let reading: Promise<void> | undefined;
  let again = false;

  const announce = (state: InventoryState, fingerprint: string): void => {
    if (listener === undefined || fingerprint === last) return;
    last = fingerprint;
    listener(state);
  };

  const readOnce = async (): Promise<void> => {
    try {
      const { size } = await stat(path);
      if (size > SIZE_BYTES_MAX) throw new Error(`it has ${size} bytes, more than ${SIZE_BYTES_MAX}`);
      const text = await readFile(path, 'utf8');
      if (`ok ${text}` === last) return;
      announce({ complete: true, inventory: parseInventoryFile(text) }, `ok ${text}`);
    } catch (error) {
      const reason = `inventory file ${path} is not usable: ${(error as Error).message}`;
      announce({ complete: false, reason }, `bad ${reason}`);
    }
  };

  /** One reader at a time; a change during a reading causes one more. */
  const read = (): void => {
    again = true;
    reading ??= (async () => {
      while (again && listener !== undefined) {
        again = false;
        await readOnce();
      }
      reading = undefined;
    })();
  };

  const poll = (): void => {
    read();
    cancelPoll = clock.schedule(POLL_MS, poll);
  };

  const watchFolder = (): void => {
    try {
      // The folder, not the file: a rename over the file would leave us watching the old one.
      watcher = watch(dirname(path), (_event, name) => {
        if (name === null || name === basename(path)) read();
      });
      watcher.on('error', (error) =>
        log.warn({ err: error, path }, 'inventory watcher failed; polling goes on'),
      );
    } catch (error) {
      log.warn({ err: error, path }, 'inventory folder cannot be watched; polling only');
    }
  };

  return {
    description: `file ${path}`,
    start(callback) {
      listener = callback;
      watchFolder();
      poll();
    },
    async stop() {
      listener = undefined;
      cancelPoll?.();
      watcher?.close();
      await reading;
    },
  };
}
