import { expect, test } from 'vitest';
import type { Flow } from '../flows/flow.ts';
import { cookieOf } from './cookie.ts';
import { decodeMessages, encodeMessage } from './message.ts';
import { encodeRule } from './rule.ts';

const hex = (flow: Pick<Flow, 'match' | 'actions'>): string =>
  encodeRule({ table: 0, priority: 10, ...flow }).toString('hex');
const parts = (...all: readonly string[]): string => all.join('').replaceAll(' ', '');

test('a flow that takes frames from a machine', () => {
  const text = hex({
    match: { inPort: 1, vlan: 101, source: '00:50:56:bf:00:0a' },
    actions: [{ do: 'classify', network: 3, fromPeer: true, tagged: true }],
  });
  expect(text).toBe(
    parts(
      '0001 001c 80000004 00000001 80000806 005056bf000a 80000c02 1065 00000000', // match, padded
      '0004 0048 00000000', // apply actions
      '0012 0008 00000000', // pop VLAN
      '0019 0010 00010004 00000003 00000000', // set register 0
      '0019 0010 00010204 00000001 00000000', // set register 1
      'ffff 0018 00002320 0007 000f 00000002 000000000000ffff', // load in_port
      '0001 0008 01 000000', // go to table 1
    ),
  );
});

test('a flow that sends copies: untagged ones first, then tags are rewritten', () => {
  const text = hex({
    match: { vlan: null, network: 3, fromPeer: false, destination: 'group' },
    actions: [
      { do: 'send', port: 1, vlan: 100 },
      { do: 'send', port: 1, vlan: undefined },
      { do: 'send', port: 2, vlan: 7 },
    ],
  });
  expect(text).toBe(
    parts(
      '0001 002a 8000070c 010000000000 010000000000 80000c02 0000 00010004 00000003 00010204 00000000 000000000000',
      '0004 0060 00000000',
      '0000 0010 00000001 ffff 000000000000',
      '0011 0008 8100 0000',
      '0019 0010 80000c02 1064 000000000000',
      '0000 0010 00000001 ffff 000000000000',
      '0019 0010 80000c02 1007 000000000000',
      '0000 0010 00000002 ffff 000000000000',
    ),
  );
});

test('the cookie tells flows apart by all that they say, and marks them as ours', () => {
  const flow: Flow = {
    table: 1,
    priority: 10,
    match: { network: 3 },
    actions: [{ do: 'send', port: 1, vlan: 100 }],
  };
  const others: readonly Flow[] = [
    { ...flow, table: 0 },
    { ...flow, priority: 20 },
    { ...flow, match: { network: 4 } },
    { ...flow, actions: [{ do: 'send', port: 1, vlan: 200 }] },
  ];
  expect(new Set([flow, ...others].map(cookieOf)).size).toBe(5);
  expect(cookieOf({ ...flow })).toBe(cookieOf(flow));
  expect(cookieOf(flow) >> 48n).toBe(0x7672n);
});

test('messages are found in a stream, wherever it is cut; a length that cannot be is an error', () => {
  const message = { type: 2, id: 5, body: Buffer.from('four') };
  const bytes = Buffer.concat([encodeMessage(message), encodeMessage({ ...message, id: 6 })]);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const first = decodeMessages(bytes.subarray(0, cut));
    const second = decodeMessages(Buffer.concat([first.rest, bytes.subarray(cut)]));
    expect([...first.messages, ...second.messages].map(({ id }) => id)).toEqual([5, 6]);
  }
  expect(() => decodeMessages(Buffer.from('05020000000000050000', 'hex'))).toThrow(
    'expected an OpenFlow message',
  );
});
