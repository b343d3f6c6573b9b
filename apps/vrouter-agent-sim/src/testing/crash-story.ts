import { expect } from 'vitest';
import { loadStore } from '../store/load-store.ts';
import type { CrashDisk } from './crash-disk.ts';
import {
  agentOn,
  filesIn,
  filesOf,
  newDisk,
  PLACES,
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
    const store = this.#open(disk);
    const picture = pictureOf(await store.load());
    await store.settle();
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

  /** The life after a crash is as good as the one before: what it acknowledges is there after the next crash, with all it had found. */
  async expectGoesOn(disk: CrashDisk, what: string): Promise<void> {
    const life = disk.copy();
    const agent = await agentOn(this.#open(life));
    expect(await tell(agent, ['add both', 'disable A']), what).toEqual([{ ok: true }, { ok: true }]);
    const { ports, generation, deadlines } = agent.table;
    const pending = deadlines.map((deadline) => deadline.generation);
    const expected = pictureOf({ ports: [...ports.values()], generation, pending, setAside: [] });
    const found = await this.pictureOn(life.afterPowerCut({ namesKept: 'none', content: 'none' }), what);
    const comparable = pending.length === 0 ? withoutMarks : (picture: Picture) => picture;
    expect(comparable(found), what).toBe(comparable(expected));
  }

  /**
   * Starts on copies of `disk` with one call of the disk failing with `code`, a later one each time: the start says why
   * it is none, or finds what one without an error does, and so does the next, whether power was cut between or not.
   */
  async expectSurviveErrors(disk: CrashDisk, code: string, what: string): Promise<void> {
    const picture = await this.pictureOn(disk.copy(), what);
    let hasStruck = true;
    for (let atCall = 1; hasStruck; atCall += 1) {
      expect(atCall).toBeLessThan(CALLS_MAX);
      const where = `${what}; ${code} at call ${atCall} of the start`;
      const copy = disk.copy();
      copy.expect({ kind: 'error', atCall, code, count: 1, countsReads: true });
      const start = await wholeStart(this.#open(copy));
      hasStruck = copy.hasStruck;
      if ('picture' in start) expectAllOrTold(start.picture, picture, where);
      else
        expect(start.error, where).toMatchObject({
          name: 'StartError',
          message: expect.stringContaining(code),
        });
      const ends = {
        kill: copy.copy(),
        'power cut': copy.afterPowerCut({ namesKept: 'none', content: 'none' }),
      };
      for (const [end, left] of Object.entries(ends))
        expect(await this.pictureOn(left, where), `${where}, then a ${end}, then another start`).toBe(
          picture,
        );
    }
  }
}

/** Only what the start tells of may be missing. */
function expectAllOrTold(found: Picture, whole: Picture, what: string): void {
  const untold = (picture: Picture): string[] => {
    const told = Array.from(found.matchAll(/^aside (.*)$/gm), ([, name = '']) => name);
    return picture.split('\n').filter((line) => !told.some((name) => line.includes(name)));
  };
  expect(untold(found), what).toEqual(untold(whole));
}

/** Without a sweep to come, nobody keeps which sync saw a port. */
function withoutMarks(picture: Picture): string {
  return picture.replace(/ seen by \d+$/gm, '');
}

/** Also what a start does behind its first answers. */
async function wholeStart(store: StoryStore): Promise<{ picture: Picture } | { error: unknown }> {
  try {
    const picture = pictureOf(await loadStore(store, PLACES));
    await store.settle();
    return { picture };
  } catch (error) {
    return { error };
  }
}
