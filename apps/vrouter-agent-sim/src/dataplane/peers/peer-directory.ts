import { readdirSync, readFileSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { makeFolders, replaceFile } from '@vrouter/service-kit';
import { parseAnnouncement, type PeerAnnouncement } from './announcement.ts';

const SUFFIX = '.json';

/**
 * A folder in which agents tell each other where machines are. It stands for the control node, through which real
 * agents learn that; an announcement stays when its agent stops, as routes do while an agent restarts.
 */
export class PeerDirectory {
  readonly #folder: string;
  readonly #ownFile: string;
  #watcher: FSWatcher | undefined;

  constructor(folder: string, ownName: string) {
    this.#folder = folder;
    this.#ownFile = `${ownName}${SUFFIX}`;
  }

  /** What this agent announced last, in this life or an earlier one. Throws when it cannot be read. */
  own(): PeerAnnouncement | undefined {
    return this.#files().includes(this.#ownFile) ? this.#read(this.#ownFile) : undefined;
  }

  /** The announcements of all other agents, and what is wrong with those that cannot be used. */
  others(): { readonly announcements: readonly PeerAnnouncement[]; readonly problems: readonly string[] } {
    const announcements: PeerAnnouncement[] = [];
    const problems: string[] = [];
    for (const file of this.#files().filter((each) => each !== this.#ownFile)) {
      try {
        announcements.push(this.#read(file));
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    return { announcements, problems };
  }

  announce(text: string): void {
    replaceFile(join(this.#folder, this.#ownFile), text);
  }

  /** Calls `listener` when another agent has announced something. A lost call costs time only: the data plane also looks now and then. */
  watch(listener: () => void): void {
    makeFolders(this.#folder);
    this.#watcher = watch(this.#folder, (_event, file) => {
      if (file?.endsWith(SUFFIX) === true && file !== this.#ownFile) listener();
    });
    this.#watcher.on('error', () => undefined);
  }

  close(): void {
    this.#watcher?.close();
  }

  #files(): readonly string[] {
    makeFolders(this.#folder);
    return readdirSync(this.#folder)
      .filter((file) => file.endsWith(SUFFIX))
      .toSorted();
  }

  #read(file: string): PeerAnnouncement {
    const path = join(this.#folder, file);
    try {
      return parseAnnouncement(readFileSync(path, 'utf8'));
    } catch (cause) {
      throw new Error(`the announcement ${path} cannot be used: ${(cause as Error).message}`, { cause });
    }
  }
}
