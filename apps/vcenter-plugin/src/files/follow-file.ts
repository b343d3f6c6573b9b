import { watch, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Clock, Logger } from '@vrouter/service-kit';
import { lookAt, type Look } from './look.ts';

/** A watcher can miss changes (network file systems, container mounts): look again this often. */
const POLL_MS = 1000;
/** A file that is written in place may look whole half-way: what it says must stay the same for this long. */
const SETTLE_MS = 100;

export interface FollowedFile {
  start(listener: (look: Look) => void): void;
  /** The listener hears nothing after it was called. */
  stop(): Promise<void>;
}

/** Tells the listener what the file in `path` says, or why it says nothing, first and at every change. */
export function followFile(path: string, clock: Clock, log: Logger): FollowedFile {
  let listener: ((look: Look) => void) | undefined;
  let watcher: FSWatcher | undefined;
  let cancelPoll: (() => void) | undefined;
  let cancelSettle: (() => void) | undefined;
  /** Fingerprints: what the listener was told, what was seen last, and what has stayed the same long enough. */
  let told: string | undefined;
  let seen: string | undefined;
  let settled: string | undefined;
  let reading: Promise<void> | undefined;
  let again = false;

  const take = (look: Look): void => {
    const { fingerprint } = look;
    if (fingerprint !== seen) {
      seen = fingerprint;
      cancelSettle?.();
      cancelSettle = clock.schedule(SETTLE_MS, () => {
        settled = fingerprint;
        read();
      });
    } else if (fingerprint === settled && fingerprint !== told) {
      told = fingerprint;
      listener?.(look);
    }
  };

  /** One reader at a time; a change during a reading causes one more. */
  const read = (): void => {
    again = true;
    reading ??= (async () => {
      while (again && listener !== undefined) {
        again = false;
        take(await lookAt(path));
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
      watcher.on('error', (error) => log.warn({ err: error, path }, 'file watcher failed; polling goes on'));
    } catch (error) {
      log.warn({ err: error, path }, 'folder cannot be watched; polling only');
    }
  };

  return {
    start(callback) {
      listener = callback;
      watchFolder();
      poll();
    },
    async stop() {
      listener = undefined;
      cancelPoll?.();
      cancelSettle?.();
      watcher?.close();
      await reading;
    },
  };
}
