import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Config } from '../config.ts';
import { startAgent, type RunningAgents } from '../start.ts';
import { nodeFileSystem } from '../store/file-system.ts';

let folder: TemporaryFolder;
let running: RunningAgents[];
beforeEach(() => {
  folder = temporaryFolder();
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stop();
  folder.remove();
});

const path = (name: string): string => join(folder.path, name);

async function start(settings: Record<string, unknown>): Promise<RunningAgents> {
  const addresses = { listen: '127.0.0.1:0', adminListen: '127.0.0.1:0', introspectListen: 'none' };
  const started = await startAgent(Config.parse({ ...addresses, stateDir: path('state'), ...settings }), {
    clock: systemClock,
    files: nodeFileSystem,
    log: createLogger('test', 'silent'),
  });
  running.push(started);
  await started.loaded;
  return started;
}

const LOCKED = expect.objectContaining({ code: 'FOLDER_LOCKED', exitCode: 1 });

test('nobody else may use the folder of a fleet, as one agent or as a smaller fleet', async () => {
  await start({ agents: 3 });
  await expect(start({})).rejects.toEqual(LOCKED);
  await expect(start({ agents: 2 })).rejects.toEqual(LOCKED);
});

test('a fleet may not use the folder of an agent, and leaves no agent of its own there', async () => {
  await start({});
  await expect(start({ agents: 2 })).rejects.toEqual(LOCKED);
  expect(existsSync(path('state/agent-1'))).toBe(false);
});

test('the ports folder of a fleet is nobody else’s either', async () => {
  await start({ agents: 2, portsDir: path('ports') });
  await expect(start({ stateDir: path('other'), portsDir: path('ports') })).rejects.toEqual(LOCKED);
  await expect(start({ agents: 2, stateDir: path('other'), portsDir: path('ports') })).rejects.toEqual(
    LOCKED,
  );
});

test('a ports folder that cannot be made is named, and the lock before it is let go', async () => {
  writeFileSync(path('file'), '');
  await expect(start({ agents: 2, portsDir: path('file/ports') })).rejects.toEqual(
    expect.objectContaining({ code: 'FOLDER_UNUSABLE', message: expect.stringContaining('file/ports') }),
  );
  await start({ agents: 2 });
});

test('the folder of a fleet that has stopped is free again', async () => {
  const first = await start({ agents: 2 });
  await first.stop();
  running = [];
  await start({ agents: 3 });
});
