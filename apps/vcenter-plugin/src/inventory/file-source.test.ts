import { mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock, type Clock } from '@vrouter/service-kit';
import { manualClock, temporaryFolder, waitFor } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileSource } from './file-source.ts';
import type { InventorySource, InventoryState } from './model.ts';

const log = createLogger('test', 'silent');
let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let source: InventorySource | undefined;
let states: InventoryState[];

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'inventory.yaml');
  states = [];
});
afterEach(async () => {
  await source?.stop();
  source = undefined;
  folder.remove();
});

function start(clock: Clock = systemClock): void {
  source = fileSource(path, clock, log);
  source.start((state) => states.push(state));
}

function write(...hosts: string[]): void {
  writeFileSync(path, text(...hosts));
}

function text(...hosts: string[]): string {
  return JSON.stringify({ hosts: hosts.map((name) => ({ name })) });
}

/** The hosts of a complete inventory, or why there is none. */
function shown(state: InventoryState | undefined): string[] | string | undefined {
  return state?.complete === true ? state.inventory.hosts.map(({ name }) => name) : state?.reason;
}

async function announced(count: number): Promise<string[] | string | undefined> {
  await waitFor(() => states.length >= count, { what: `announcement ${count}` });
  expect(states).toHaveLength(count);
  return shown(states.at(-1));
}

test('a file that is not there is told, and read when it appears', async () => {
  start();
  expect(await announced(1)).toMatch(/inventory\.yaml is not usable: ENOENT/);
  write('a');
  expect(await announced(2)).toEqual(['a']);
});

test('a folder that is not there is told, and found when it appears', async () => {
  path = join(folder.path, 'later', 'inventory.yaml');
  start();
  expect(await announced(1)).toContain('ENOENT');
  mkdirSync(join(folder.path, 'later'));
  write('a');
  expect(await announced(2)).toEqual(['a']);
});

test('an unknown key is told with its place', async () => {
  writeFileSync(path, 'hosts: [{ name: a, maintenence: true }]');
  start();
  expect(await announced(1)).toContain('hosts.0: Unrecognized key: "maintenence"');
});

test('a file that is emptied is no inventory', async () => {
  write('a');
  start();
  expect(await announced(1)).toEqual(['a']);
  writeFileSync(path, '');
  expect(await announced(2)).toContain('the file is empty');
  write('a');
  expect(await announced(3)).toEqual(['a']);
});

test('a file that is too large is not even read', async () => {
  write('a');
  truncateSync(path, 64 * 1024 * 1024 + 1);
  start();
  expect(await announced(1)).toContain('more than 67108864');
});

test('a folder in its place is told', async () => {
  mkdirSync(path);
  start();
  expect(await announced(1)).toContain('EISDIR');
});

test('a file that vanishes and comes back the same is told twice', async () => {
  write('a');
  start();
  await announced(1);
  rmSync(path);
  expect(await announced(2)).toContain('ENOENT');
  write('a');
  expect(await announced(3)).toEqual(['a']);
});

test('what is written half-way is not believed, even if it reads well', async () => {
  const clock = manualClock();
  write('a', 'b', 'c');
  start(clock);
  const told = (count: number) =>
    waitFor(
      async () => {
        await clock.advance(100);
        return states.length >= count;
      },
      { what: `announcement ${count}` },
    );
  await told(1);
  const timers = clock.pendingCount();
  writeFileSync(path, 'hosts:\n  - name: a\n');
  await waitFor(() => clock.pendingCount() > timers, { what: 'the half file to be seen' });
  writeFileSync(path, 'hosts:\n  - name: a\n  - name: b\n  - name: c\n  - name: d\n');
  await told(2);
  expect(states.map(shown)).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c', 'd'],
  ]);
});

test('a change that the watcher misses is found by looking', async () => {
  const clock = manualClock();
  // Nothing can be watched where there is no folder yet.
  path = join(folder.path, 'later', 'inventory.yaml');
  start(clock);
  mkdirSync(join(folder.path, 'later'));
  write('a');
  await waitFor(
    async () => {
      await clock.advance(1_000);
      return states.at(-1)?.complete;
    },
    { what: 'the file to be found' },
  );
});

test('a file that is replaced by a rename is read', async () => {
  write('a');
  start();
  await announced(1);
  for (const [index, name] of ['b', 'c', 'd'].entries()) {
    writeFileSync(`${path}.new`, text(name));
    renameSync(`${path}.new`, path);
    expect(await announced(index + 2)).toEqual([name]);
  }
});

test('a file that is written again without a change is not news', async () => {
  write('a');
  start();
  await announced(1);
  write('a');
  const other = join(folder.path, 'other.yaml');
  writeFileSync(other, 'x');
  write('b');
  expect(await announced(2)).toEqual(['b']);
});

test('the same mistake is told once, another one again', async () => {
  writeFileSync(path, 'vm: []');
  start();
  await announced(1);
  writeFileSync(path, 'vm: []');
  writeFileSync(path, 'wm: []');
  expect(await announced(2)).toContain('"wm"');
});

test('after stop nothing is told any more', async () => {
  write('a');
  start();
  await announced(1);
  write('b');
  await source?.stop();
  const count = states.length;
  write('c');
  const other = fileSource(path, systemClock, log);
  const seen: InventoryState[] = [];
  other.start((state) => seen.push(state));
  await waitFor(() => seen.length > 0, { what: 'another source to see the change' });
  await other.stop();
  expect(states).toHaveLength(count);
});

test('stop before the first look tells nothing', async () => {
  write('a');
  start();
  await source?.stop();
  expect(states).toEqual([]);
});
