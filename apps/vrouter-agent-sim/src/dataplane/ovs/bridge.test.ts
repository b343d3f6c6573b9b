import { expect, test } from 'vitest';
import type { Flow } from '../flows/flow.ts';
import { cookieOf } from '../openflow/cookie.ts';
import type { FlowTable } from '../openflow/flow-table.ts';
import { OvsBridge } from './bridge.ts';
import { runTool } from './run-tool.ts';

const FLOW: Flow = {
  table: 1,
  priority: 10,
  match: { network: 1, destination: '00:50:56:bf:00:0a' },
  actions: [{ do: 'send', port: 1, vlan: 100 }],
};
const OTHER: Flow = { ...FLOW, priority: 20 };

/** A table that holds `cookies`, and notes changes. */
function tableWith(cookies: readonly bigint[]) {
  const changes: { readonly removed: readonly bigint[]; readonly added: readonly Flow[] }[] = [];
  const table: FlowTable = {
    cookies: () => Promise.resolve(new Set(cookies)),
    change: (removed, added) => Promise.resolve(void changes.push({ removed, added })),
    close: () => undefined,
  };
  return { table, changes };
}

const noTool = (): Promise<string> => Promise.reject(new Error('no tool is needed'));

test('only the difference is changed, in one step; strange flows go', async () => {
  const { table, changes } = tableWith([cookieOf(FLOW), 0n]);
  const bridge = new OvsBridge('vr-a', '/run/x', noTool, table);
  expect(await bridge.become([FLOW, OTHER])).toBe(2);
  expect(changes).toEqual([{ removed: [0n], added: [OTHER] }]);
});

test('flows that are there already are left alone', async () => {
  const { table, changes } = tableWith([cookieOf(FLOW)]);
  expect(await new OvsBridge('vr-a', '/run/x', noTool, table).become([FLOW])).toBe(0);
  expect(changes).toEqual([]);
});

test('links are numbered by Open vSwitch; one that it did not make is an error', async () => {
  const data = [
    ['vr-a', 65_534],
    ['vr-a-trunk', 1],
    ['vr-a-to-vr-b', 4],
    ['vr-a-to-vr-c', ['set', []]],
  ];
  const calls: string[] = [];
  const run = (tool: string, args: readonly string[]): Promise<string> => {
    calls.push([tool, ...args].join(' '));
    return Promise.resolve(JSON.stringify({ data }));
  };
  const bridge = new OvsBridge('vr-a', '/run/x', run, tableWith([]).table);
  expect(await bridge.ensure(['vr-b'])).toEqual(new Map([['vr-b', 4]]));
  expect(calls[0]).toContain('ovs-vsctl --db=unix:/run/x/db.sock');
  expect(calls[0]).toContain('fail_mode=secure');
  await expect(bridge.ensure(['vr-c'])).rejects.toThrow('no port vr-a-to-vr-c');
});

test('a tool that is missing or fails says so in words for people', async () => {
  await expect(runTool('ovs-of-no-such-tool', [])).rejects.toThrow('openvswitch-switch');
  await expect(runTool('sh', ['-c', 'echo first >&2; echo last words >&2; exit 3'])).rejects.toThrow(
    'sh: last words',
  );
});
