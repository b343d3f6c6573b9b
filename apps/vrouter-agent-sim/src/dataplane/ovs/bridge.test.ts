import { expect, test } from 'vitest';
import { cookieOf, type Flow } from '../flows/flow.ts';
import { cookiesIn, OvsBridge } from './bridge.ts';
import { runTool, type RunTool } from './run-tool.ts';

const FLOW: Flow = {
  table: 1,
  priority: 10,
  match: { network: 1, destination: '00:50:56:bf:00:0a' },
  actions: [{ do: 'send', port: 1, vlan: 100 }],
};

interface Call {
  readonly tool: string;
  readonly args: readonly string[];
  readonly input: string | undefined;
}

function bridgeWith(answers: Readonly<Record<string, string>>): { bridge: OvsBridge; calls: Call[] } {
  const calls: Call[] = [];
  const run: RunTool = (tool, args, input) => {
    calls.push({ tool, args, input });
    const word = Object.keys(answers).find((each) => args.includes(each));
    return Promise.resolve(answers[word ?? ''] ?? '');
  };
  return { bridge: new OvsBridge('vr-a', '/run/x', run), calls };
}

test('cookies are read from what ovs-ofctl prints', () => {
  const dump = [
    'OFPST_FLOW reply (OF1.4) (xid=0x2):',
    ' cookie=0x7672000000000001, table=1, priority=10,reg0=0x1 actions=output:1',
    ' priority=0 actions=NORMAL',
    '',
  ].join('\n');
  expect(cookiesIn(dump)).toEqual(new Set(['0x7672000000000001', '0x0']));
});

test('only the difference is sent, deletions first, in one bundle', async () => {
  const { bridge, calls } = bridgeWith({
    'dump-flows': ' cookie=0x76720000000000ff, table=0 actions=output:1\n',
  });
  expect(await bridge.become([FLOW])).toBe(2);
  const [, sent] = calls;
  expect(sent?.args).toEqual(expect.arrayContaining(['--bundle', 'add-flows', 'unix:/run/x/vr-a.mgmt']));
  expect(sent?.input?.split('\n')).toEqual([
    'delete cookie=0x76720000000000ff/-1',
    expect.stringMatching(/^add cookie=0x7672[0-9a-f]{12},table=1,/),
    '',
  ]);
});

test('flows that are there already are left alone', async () => {
  const { bridge, calls } = bridgeWith({ 'dump-flows': ` cookie=${cookieOf(FLOW)}, table=1 actions=x\n` });
  expect(await bridge.become([FLOW])).toBe(0);
  expect(calls).toHaveLength(1);
});

test('installed flows are read once, and again after a check', async () => {
  const { bridge, calls } = bridgeWith({ 'dump-flows': '', '--format=json': '{"data":[["vr-a-trunk",1]]}' });
  const reads = (): number => calls.filter(({ args }) => args.includes('dump-flows')).length;
  await bridge.become([FLOW]);
  await bridge.become([]);
  expect([calls.at(-1)?.input?.startsWith('delete'), reads()]).toEqual([true, 1]);
  await bridge.ensure([]);
  await bridge.become([]);
  expect(reads()).toBe(2);
});

test('after a failure nothing is taken for installed', async () => {
  const tried: string[] = [];
  let fails = true;
  const bridge = new OvsBridge('vr-a', '/run/x', (_tool, args, input) => {
    if (args.includes('--bundle')) tried.push(input ?? '');
    return args.includes('--bundle') && fails ? Promise.reject(new Error('no')) : Promise.resolve('');
  });
  await expect(bridge.become([FLOW])).rejects.toThrow('no');
  fails = false;
  await bridge.become([FLOW]);
  expect(tried[1]).toBe(tried[0]);
});

test('links are numbered by Open vSwitch; one that it did not make is an error', async () => {
  const data = [
    ['vr-a', 65_534],
    ['vr-a-trunk', 1],
    ['vr-a-to-vr-b', 4],
    ['vr-a-to-vr-c', ['set', []]],
  ];
  const { bridge } = bridgeWith({ '--format=json': JSON.stringify({ data }) });
  expect(await bridge.ensure(['vr-b'])).toEqual(new Map([['vr-b', 4]]));
  await expect(bridge.ensure(['vr-c'])).rejects.toThrow('no port vr-a-to-vr-c');
});

test('a tool that is missing or fails says so in words for people', async () => {
  await expect(runTool('ovs-of-no-such-tool', [])).rejects.toThrow('openvswitch-switch');
  await expect(
    runTool('sh', ['-c', 'cat; echo first >&2; echo last words >&2; exit 3'], 'x'),
  ).rejects.toThrow('sh: last words');
  expect(await runTool('cat', [], 'as it was')).toBe('as it was');
});
