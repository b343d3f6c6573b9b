import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { nodeFileSystem } from '../store/file-system.ts';
import { A, B, OK, onBench, onBothServers } from '../testing/fault-bench.ts';
import { FaultableFiles } from './disk/faultable-files.ts';
import { Faults, type FaultsWorld } from './faults.ts';
import { randomOf } from './random.ts';
import { readRules } from './read-rules.ts';
import { FAULTS } from './registry.ts';
import { RuleSet } from './rules.ts';

const idle: FaultsWorld['clock'] = { now: () => 0, schedule: () => () => undefined };
const world: FaultsWorld = {
  clock: idle,
  realClock: idle,
  crash: () => undefined,
  agent: { port: () => undefined, request: async () => ({ ok: true }) },
};

test('rules that are none are refused whole, and each mistake is named', () =>
  onBench(async (bench) => {
    await bench.arm({ action: 'reset', match: { operation: 'get' } });
    const cases: [unknown, RegExp][] = [
      [{ action: 'explode' }, /rules\.1\.action: expected one of delay, status, .*; got "explode"/],
      [{ action: { kind: 'status' } }, /rules\.1\.action\.status: status: /],
      [{ action: { kind: 'delay', ms: -1 } }, /rules\.1\.action\.ms: delay: Too small/],
      [{ action: 'delay' }, /rules\.1\.action: delay: expected ms, or minMs and maxMs/],
      [{ action: { kind: 'reset', ms: 1 } }, /reset: /],
      [{ action: 'reset', match: { operation: 'explode' } }, /rules\.1\.match\.operation/],
      [{ action: 'reset', probability: 2 }, /probability/],
      [{ action: 'reset', count: 0 }, /count/],
      [{ action: 'constructor' }, /got "constructor"/],
      [{ action: 'reset', match: { call: 'write' } }, /match\.call: only faults of the disk/],
      [{ action: 'disk-full', match: { vm: 'x' } }, /match\.vm: only faults of requests/],
      [{}, /rules\.1\.action/],
    ];
    for (const [rule, error] of cases) {
      const body = { rules: [{ action: 'reset' }, rule] };
      expect(await bench.agent.admin('/admin/faults', 'PUT', body)).toMatchObject({
        status: 400,
        body: { error: expect.stringMatching(error) },
      });
    }
    expect((await bench.agent.admin('/admin/faults')).body).toMatchObject({ version: 1, rules: [{}] });
  }));

test('without rules nothing stands in the way of requests or of the disk, also after there were some', async () => {
  const disk = new FaultableFiles(nodeFileSystem);
  const faults = new Faults(1, disk, world);
  const { openFile: _own, ...methods } = nodeFileSystem;
  const expectNothing = (): void => {
    expect(faults.intercept).toBeUndefined();
    for (const [name, method] of Object.entries(methods)) expect(disk.files).toHaveProperty(name, method);
  };
  expectNothing();
  faults.swap(RuleSet.parse({ rules: [{ action: 'reset' }, { action: 'disk-full' }] }));
  expect(faults.intercept).toBeDefined();
  expect(disk.files.write).not.toBe(nodeFileSystem.write);
  faults.swap({ rules: [] });
  expectNothing();
});

test('a rule that matches nothing changes no byte of an answer', () =>
  onBothServers(async (bench) => {
    const withoutDate = async (port?: object): Promise<string> =>
      (await bench.addRaw(port)).replace(/date: .*\r\n/i, '');
    const requests = [A, [A, B], { id: 'x' }, {}];
    const before = [];
    for (const port of requests) before.push(await withoutDate(port));
    await bench.arm({ match: { portId: 'none' }, action: 'reset' }, { probability: 0, action: 'reset' });
    for (const [index, port] of requests.entries()) expect(await withoutDate(port)).toBe(before[index]);
    expect(await bench.report()).toMatchObject([{ seen: 0 }, { seen: requests.length, fired: 0 }]);
  }));

test('skip, count and nth choose among the matches', () =>
  onBench(async (bench) => {
    const action = { kind: 'status', status: 500 };
    const statuses = async (): Promise<number[]> => {
      const all = [];
      for (let count = 0; count < 6; count += 1) all.push((await bench.add()).status);
      return all;
    };
    await bench.arm({ action, skip: 1, count: 2 });
    expect(await statuses()).toEqual([200, 500, 500, 200, 200, 200]);
    expect(await bench.report()).toMatchObject([{ seen: 6, fired: 2 }]);
    await bench.arm({ action, match: { nth: 3 } });
    expect(await statuses()).toEqual([200, 200, 500, 200, 200, 200]);
  }));

test('requests are matched by operation, port, VM and client', () =>
  onBothServers(async (bench) => {
    const action = { kind: 'status', status: 500 };
    const cases: [object, number[]][] = [
      [{ operation: 'add' }, [500, 500, 200, 200]],
      [{ operation: ['delete', 'sync'] }, [200, 200, 500, 500]],
      [{ portId: A.id.toUpperCase() }, [500, 200, 500, 200]],
      [{ vm: B['instance-id'] }, [200, 500, 200, 200]],
      [{ client: '127.0.0.1' }, [500, 500, 500, 500]],
      [{ client: '127.0.0.2' }, [200, 200, 200, 200]],
      [{ operation: 'delete', portId: B.id }, [200, 200, 200, 200]],
    ];
    for (const [match, expected] of cases) {
      await bench.arm({ match, action });
      const answers = [
        await bench.add([A]),
        await bench.add(B),
        await bench.agent.call('DELETE', `/port/${A.id}`),
        await bench.agent.call('POST', '/syncports'),
      ];
      expect({ match, statuses: answers.map(({ status }) => status) }).toEqual({ match, statuses: expected });
    }
  }));

test('chance is the same for the same seed, and about as likely as asked for', () =>
  onBench(async (bench) => {
    const round = async (seed: number): Promise<number[]> => {
      const rules = [{ action: { kind: 'status', status: 500 }, probability: 0.5 }];
      await bench.agent.admin('/admin/faults', 'PUT', { seed, rules });
      const statuses = [];
      for (let count = 0; count < 20; count += 1) statuses.push((await bench.agent.call('GET', '/x')).status);
      return statuses;
    };
    const first = await round(7);
    expect(new Set(first)).toEqual(new Set([404, 500]));
    expect(await round(7)).toEqual(first);
    expect(await round(8)).not.toEqual(first);
    const random = randomOf(3);
    const values = Array.from({ length: 10_000 }, random);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(0.5, 1);
  }));

test('rules that fire together stand one within the other, the first outermost', () =>
  onBench(async (bench) => {
    await bench.arm({ action: 'apply-then-drop' }, { action: { kind: 'status', status: 500 } });
    expect(await bench.addRaw()).toBe('');
    expect(await bench.ids()).toEqual([]);
  }));

test('a connection serves on after a fault that left it open', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: { kind: 'status', status: 503 }, count: 1 });
    expect([(await bench.add()).status, await bench.add()]).toEqual([503, OK]);
  }));

test('faults from a file are there from the start, and a bad file is told', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'faults.json');
  writeFileSync(file, '{"rules":[{"action":"explode"}]}');
  expect(() => readRules(file)).toThrow(/faults\.json are not usable: rules\.0\.action: expected one of/);
  expect(() => readRules(join(folder.path, 'none.json'))).toThrow(/ENOENT/);
  writeFileSync(file, '{"rules":[{"action":{"kind":"status","status":503}}]}');
  return onBench(async (bench) => expect(await bench.add()).toMatchObject({ status: 503 }), {
    faults: file,
  }).finally(() => folder.remove());
});

test('every fault is registered under its own name', () => {
  for (const [name, fault] of Object.entries(FAULTS)) expect(fault.name).toBe(name);
  expect(Object.keys(FAULTS)).toHaveLength(14);
});
