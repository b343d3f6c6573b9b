import { parsePortFile, type Port } from '@vrouter/port-model';
import { createLogger, type Clock } from '@vrouter/service-kit';
import { samplePort } from '@vrouter/testkit';
import { Agent } from '../agent.ts';
import { update } from '../ports/add-rule.ts';
import type { Change, Command, Outcome } from '../ports/model.ts';
import { systemPace, type Pace } from '../pace.ts';
import { JournalStore, type Tuning } from '../store/journal/journal-store.ts';
import { openStore } from '../store/open-store.ts';
import type { Loaded, PortStore } from '../store/store.ts';
import { CrashDisk } from './crash-disk.ts';
import { MemoryStore } from './memory-store.ts';

export const PLACES = { ports: '/ports', state: '/state', temporary: '/state/tmp' };
const log = createLogger('test', 'silent');
/** Time stands still: nothing happens by itself. */
const stopped = { now: () => 0, schedule: () => () => undefined };

/** Everything that can be asked about two ports. */
export const OPERATIONS: Readonly<Record<string, Command>> = {
  'add A': { kind: 'add', ports: [samplePort(1)] },
  'add B': { kind: 'add', ports: [samplePort(2)] },
  'change A': { kind: 'add', ports: [samplePort(1, { 'tx-vlan-id': 7 })] },
  'change B': { kind: 'add', ports: [samplePort(2, { 'tx-vlan-id': 7 })] },
  'add both': {
    kind: 'add',
    ports: [samplePort(1, { 'tx-vlan-id': 9 }), samplePort(2, { 'tx-vlan-id': 9 })],
  },
  'delete A': { kind: 'delete', id: samplePort(1).id },
  'delete B': { kind: 'delete', id: samplePort(2).id },
  'enable A': { kind: 'enable', id: samplePort(1).id },
  'enable B': { kind: 'enable', id: samplePort(2).id },
  'disable A': { kind: 'disable', id: samplePort(1).id },
  'disable B': { kind: 'disable', id: samplePort(2).id },
  sync: { kind: 'sync' },
  sweep: { kind: 'sweep' },
};

/**
 * Every story of up to `lengthMax` operations. Left out are those that only swap A and B, and those that go on after an
 * operation that had nothing to save: the disk does not see it, so the story without it says the same.
 */
export async function stories(lengthMax: number): Promise<string[][]> {
  const all: string[][] = [];
  const extend = async (story: string[]): Promise<void> => {
    if (story.length > 0) all.push(story);
    if (story.length === lengthMax || (story.length > 0 && !(await savesAtLast(story)))) return;
    const knowsA = story.some((name) => /A|both/.test(name));
    for (const name of Object.keys(OPERATIONS)) {
      if (knowsA || !name.endsWith('B')) await extend([...story, name]);
    }
  };
  await extend([]);
  return all;
}

/** Does the last operation of `story` have anything to save? */
async function savesAtLast(story: readonly string[]): Promise<boolean> {
  const memory = new MemoryStore();
  let savedCount = 0;
  const counting: PortStore = {
    batchCommandsMax: memory.batchCommandsMax,
    load: () => memory.load(),
    apply: async (changes) => {
      savedCount += 1;
      await memory.apply(changes);
    },
  };
  const agent = await agentOn(counting);
  await tell(agent, story.slice(0, -1));
  const before = savedCount;
  await tell(agent, story.slice(-1));
  return savedCount > before;
}

/** What a store holds, in a form that compares. */
export type Picture = string;

export function pictureOf({ ports, generation, pending, setAside }: Loaded): Picture {
  const lines = ports.map((entry) => `${lineOf(entry.port, entry.linkState)} seen by ${entry.generation}`);
  const aside = setAside.map(({ name }) => `aside ${name}`);
  return [...lines.sort(), ...aside, `generation ${generation}`, `pending ${pending.join()}`].join('\n');
}

/** The lines of a picture that are about files. */
export function filesOf(picture: Picture): string {
  return picture
    .split('\n')
    .flatMap((line) => line.match(/^(.*) seen by/)?.[1] ?? [])
    .join('\n');
}

/** The ports folder, as other programs would read it. */
export function filesIn(disk: CrashDisk): string {
  const lines = Object.entries(disk.content(PLACES.ports)).map(([name, text]) => {
    const file = parsePortFile(text);
    return file.ok && file.value.port.id === name
      ? lineOf(file.value.port, file.value.linkState)
      : `${name}: ${text}`;
  });
  return lines.sort().join('\n');
}

export function temporaryNames(disk: CrashDisk): readonly string[] {
  return disk.fileNames(PLACES.temporary);
}

export function newDisk(): CrashDisk {
  return new CrashDisk(PLACES.ports, PLACES.state, PLACES.temporary);
}

export function journalOn(
  disk: CrashDisk,
  tuning: Partial<Tuning> = {},
  pace: Pace = systemPace,
  clock: Clock = stopped,
): JournalStore {
  return new JournalStore({
    files: disk,
    places: PLACES,
    author: 'test',
    now: () => 0,
    clock,
    log,
    tuning,
    pace,
  });
}

/** A store that can be told to bring to an end what it left for later. */
export type StoryStore = PortStore & { settle(): Promise<void> };

/** Durability `file`, which leaves nothing for later. */
export function portFilesOn(disk: CrashDisk): StoryStore {
  const options = { files: disk, places: PLACES, author: 'test', now: () => 0, clock: stopped, log };
  return { ...openStore('file', options), settle: async () => undefined };
}

export async function agentOn(store: PortStore): Promise<Agent> {
  const rules = {
    add: update,
    generationsTold: Infinity,
    staleTimeoutMs: 60_000,
    batchCommandsMax: store.batchCommandsMax,
    queueLengthMax: 10,
    deadlinesMax: 10,
    sweepSliceMax: 10,
    sweepRetryMs: 1000,
  };
  return new Agent({ store, loaded: await store.load(), rules, clock: stopped, log });
}

/** Asks for the operations one after another. */
export async function tell(agent: Agent, story: readonly string[]): Promise<Outcome[]> {
  const outcomes = [];
  for (const name of story) outcomes.push(await agent.request(OPERATIONS[name]!));
  return outcomes;
}

/** What is saved after `story` on a disk that never fails; of its last operation only what `keeps` is true for. */
export async function pictureAfter(
  story: readonly string[],
  keeps: (change: Change) => boolean = () => true,
): Promise<Picture> {
  const memory = new MemoryStore();
  let isLast = false;
  const agent = await agentOn({
    batchCommandsMax: memory.batchCommandsMax,
    load: () => memory.load(),
    apply: (changes) => memory.apply(isLast ? changes.filter(keeps) : changes),
  });
  await tell(agent, story.slice(0, -1));
  isLast = true;
  await tell(agent, story.slice(-1));
  return pictureOf(memory.saved());
}

/** The same, remembering what it said before. */
export function picturesOf(): (story: readonly string[]) => Promise<Picture> {
  const known = new Map<string, Picture>();
  return async (story) => {
    const picture = known.get(story.join()) ?? (await pictureAfter(story));
    known.set(story.join(), picture);
    return picture;
  };
}

export async function pictureOn(disk: CrashDisk): Promise<Picture> {
  return pictureOf(await journalOn(disk).load());
}

function lineOf(port: Port, linkState: number): string {
  return `${port.id} vlan ${port['tx-vlan-id']} link ${linkState}`;
}
