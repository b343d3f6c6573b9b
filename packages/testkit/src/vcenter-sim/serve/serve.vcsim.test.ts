import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ManagedProcess } from '../../process/managed-process.ts';
import { startProcess } from '../../process/start-process.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { waitFor } from '../../wait-for.ts';
import { workspaceFile } from '../../workspace-file.ts';
import { vcenterSimMissing } from '../availability.ts';
import { buildVcenterSim } from '../build.ts';

const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);
const file = workspaceFile('packages/testkit/src/vcenter-sim/serve-main.ts');

const cleanups: (() => unknown)[] = [];
beforeAll(async () => {
  if (!missing) await buildVcenterSim();
}, 400_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const { path, remove } = temporaryFolder();
  cleanups.push(remove);
  return path;
}

interface Served {
  readonly process: ManagedProcess<unknown>;
  readonly url: string;
  readonly address: string;
  readonly pid: number;
}

async function served(...args: string[]): Promise<Served> {
  const readyFile = join(folder(), 'ready.json');
  const process = await startProcess({
    name: 'served vCenter',
    file,
    args: ['--listen', '127.0.0.1:0', '--ready-file', readyFile, ...args],
    readyFile,
  });
  cleanups.push(() => process.stop());
  const { url, pid } = JSON.parse(readFileSync(readyFile, 'utf8')) as { url: string; pid: number };
  return { process, url, address: new URL(url).host, pid };
}

/** Runs the command to its end. */
async function command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const process = await startProcess({ name: 'command', file, args });
  const { code } = await process.exited;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

test('without Go it says what is missing and what brings it', async () => {
  const process = await startProcess({ name: 'served vCenter', file, env: { PATH: '' } });
  expect(await process.exited).toMatchObject({ code: 1 });
  expect(process.stderr()).toMatch(/needs golang-go.*To get it: scripts\/system-packages/);
});

test.each([
  [['--frob'], 2, /Unknown option '--frob'/],
  [['--inventory', '/nowhere/inventory.yaml'], 1, /\/nowhere\/inventory\.yaml/],
  [
    ['--listen', '127.0.0.1:1', 'list'],
    1,
    /No vCenter simulator is served at 127\.0\.0\.1:1.*npm run vcenter/,
  ],
])('%j is refused', async (args, code, message) => {
  expect(await command(...args)).toMatchObject({ code, stderr: expect.stringMatching(message) });
});

simTest('serves until it is told to stop, and leaves nothing behind', async () => {
  const { process, url, address, pid } = await served();
  await waitFor(() => process.stdout().includes('Ctrl-C stops it'), { what: 'the welcome' });
  for (const words of [
    `inventory: { kind: vsphere, url: "${url}"`,
    'host: esx-2',
    `npm run vcenter -- --listen ${address} power-on db-2`,
  ]) {
    expect(process.stdout()).toContain(words);
  }
  expect(await process.stop()).toMatchObject({ code: 0 });
  expect(existsSync(`/proc/${pid}`)).toBe(false);
});

simTest('does what it is told from elsewhere', async () => {
  const { address } = await served();
  const at = ['--listen', address];
  expect(await command(...at, 'power-on', 'db-2')).toEqual({
    code: 0,
    stdout:
      '-  db-2  esx-2  off  green  00:50:56:00:02:02  10.0.2.12\n' +
      '+  db-2  esx-2  on   green  00:50:56:00:02:02  10.0.2.12\n',
    stderr: '',
  });
  expect(await command(...at, 'power-on', 'db-2')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('PowerOnVM_Task: InvalidPowerState'),
  });
  expect((await command(...at, 'list')).stdout).toMatch(
    /^db-2 +esx-2 +on +green +00:50:56:00:02:02 +10\.0\.2\.12$/m,
  );
  expect((await command(...at, 'end-sessions')).stdout).toMatch(/log in again/);
});

simTest('serves an inventory of the user', async () => {
  const inventory = join(folder(), 'inventory.yaml');
  writeFileSync(
    inventory,
    'hosts: [{ name: esx-7 }]\nnetworks: [{ name: red, vlan: { primary: 7, isolated: 7 } }]',
  );
  const { address } = await served('--inventory', inventory);
  expect((await command('--listen', address, 'list')).stdout).toBe(
    'HOST   STATE\nesx-7  connected\n\nNETWORK  VLAN\nred      7\n\nVM  HOST  POWER  NETWORK  MAC  ADDRESS\n',
  );
});

simTest('an address that is taken is told', async () => {
  const { address } = await served();
  expect(await command('--listen', address)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Something listens at ${address} already`),
  });
});

simTest('a simulator that dies is told', async () => {
  const { process: serving, pid } = await served();
  process.kill(pid, 'SIGKILL');
  expect(await serving.exited).toMatchObject({ code: 1 });
  expect(serving.stderr()).toContain('ended by itself');
});
