import { expect } from 'vitest';
import type { CrashDisk } from './crash-disk.ts';
import {
  agentOn,
  filesIn,
  filesOf,
  newDisk,
  pictureOf,
  tell,
  temporaryNames,
  type Picture,
  type StoryStore,
} from './journal-story.ts';
import { powerCuts } from './power-cuts.ts';

/** A disk call after which an operation has surely ended. */
const CALLS_MAX = 80;

export type Open = (disk: CrashDisk) => StoryStore;

/** How a story is told: with which store, and when that finishes what it leaves for later. */
export interface Way {
  readonly open: Open;
  readonly settles: 'never' | 'always' | 'at the end';
}

/** A disk that lost power during a story, as the next start finds it. */
export interface Crashed {
  readonly disk: CrashDisk;
  readonly isAcknowledged: boolean;
  /** Story, call and luck, to find it again. */
  readonly what: string;
}

/** Tells `story` again and again, the power cut one call later in its last operation each time, with every luck. */
export async function* crashesIn(story: readonly string[], way: Way): AsyncGenerator<Crashed> {
  let hasStruck = true;
  for (let atCall = 1; hasStruck; atCall += 1) {
    expect(atCall).toBeLessThan(CALLS_MAX);
    const { disk, isAcknowledged } = await cutDuring(story, atCall, way);
    hasStruck = disk.hasStruck;
    for (const { luck, disk: left } of powerCuts(disk)) {
      const what = `${story.join(', ')}; cut at call ${atCall}; ${JSON.stringify(luck)}`;
      yield { disk: left, isAcknowledged, what };
    }
  }
}

async function cutDuring(
  story: readonly string[],
  atCall: number,
  { open, settles }: Way,
): Promise<Pick<Crashed, 'disk' | 'isAcknowledged'>> {
  const disk = newDisk();
  const store = open(disk);
  const agent = await agentOn(store);
  for (const name of story.slice(0, -1)) {
    await tell(agent, [name]);
    if (settles === 'always') await store.settle();
  }
  disk.expect({ kind: 'power-cut', atCall });
  const [outcome] = await tell(agent, story.slice(-1));
  // What happened before the cut is what counts; a refusal came from the cut disk itself.
  const isAcknowledged = outcome?.ok === true || (outcome?.ok === false && outcome.code !== 'NOT_SAVED');
  if (settles !== 'never') await store.settle();
  return { disk, isAcknowledged };
}

/** Starts on crashed disks. What it has seen once is not started again: equal disks start alike. */
export class Starts {
  readonly #open: Open;
  readonly #known = new Map<string, Picture>();

  constructor(open: Open) {
    this.#open = open;
  }

  /** How many different disks there were. */
  get count(): number {
    return this.#known.size;
  }

  /** What a start finds on `disk`, which it may change; the ports folder must say the same, and nothing be left over. */
  async pictureOn(disk: CrashDisk, what: string): Promise<Picture> {
    const { fingerprint } = disk;
    const known = this.#known.get(fingerprint);
    if (known !== undefined) return known;
    const picture = pictureOf(await this.#open(disk).load());
    expect(filesIn(disk), what).toBe(filesOf(picture));
    expect(temporaryNames(disk), what).toEqual([]);
    this.#known.set(fingerprint, picture);
    return picture;
  }

  /**
   * Starts on copies of `disk`, the power cut one call later in the start each time, with every luck: the start after
   * it finds what one without a cut does.
   */
  async expectSurviveCuts(disk: CrashDisk, what: string): Promise<void> {
    const picture = await this.pictureOn(disk.copy(), what);
    let hasStruck = true;
    for (let atCall = 1; hasStruck; atCall += 1) {
      expect(atCall).toBeLessThan(CALLS_MAX);
      const copy = disk.copy();
      copy.expect({ kind: 'power-cut', atCall });
      await wholeStart(this.#open(copy));
      hasStruck = copy.hasStruck;
      for (const { luck, disk: left } of powerCuts(copy)) {
        const where = `${what}; the start cut at call ${atCall}; ${JSON.stringify(luck)}`;
        expect(await this.pictureOn(left, where), where).toBe(picture);
      }
    }
  }
}

/** Also what a start does behind its first answers; resolves to what kept it from starting. */
async function wholeStart(store: StoryStore): Promise<unknown> {
  try {
    await store.load();
  } catch (error) {
    return error;
  }
  await store.settle();
  return undefined;
}
