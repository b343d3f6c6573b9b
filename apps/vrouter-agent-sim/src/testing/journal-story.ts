import { parsePortFile, type Port } from '@vrouter/port-model';
import { createLogger, type Clock } from '@vrouter/service-kit';
import { samplePort } from '@vrouter/testkit';
import { Agent } from '../agent.ts';
import { update } from '../ports/add-rule.ts';
import type { Command, Outcome } from '../ports/model.ts';
import { systemPace, type Pace } from '../pace.ts';
import { JournalStore, type Tuning } from '../store/journal/journal-store.ts';
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
  sync: { kind: 'sync' },
};

/** Every story of up to `lengthMax` operations; those that only swap A and B are left out. */
export function stories(lengthMax: number): string[][] {
  const all: string[][] = [];
  const extend = (story: string[]): void => {
    if (story.length > 0) all.push(story);
    if (story.length === lengthMax) return;
    const knowsA = story.some((name) => /A|both/.test(name));
    for (const name of Object.keys(OPERATIONS)) {
      if (knowsA || !name.endsWith('B')) extend([...story, name]);
    }
  };
  extend([]);
  return all;
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

/** The ports folder, as any other program would read it. */
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

/** What is saved after `story` on a disk that never fails. */
export async function pictureAfter(story: readonly string[]): Promise<Picture> {
  const store = new MemoryStore();
  await tell(await agentOn(store), story);
  return pictureOf(store.saved());
}

export async function pictureOn(disk: CrashDisk): Promise<Picture> {
  return pictureOf(await journalOn(disk).load());
}

function lineOf(port: Port, linkState: number): string {
  return `${port.id} vlan ${port['tx-vlan-id']} link ${linkState}`;
}
