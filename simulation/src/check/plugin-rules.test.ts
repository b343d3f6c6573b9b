import { addRequest } from '@vrouter/agent-client/wire';
import { Port } from '@vrouter/port-model';
import { askOf, textsOf } from '@vrouter/testkit/history';
import { HANDOVER_MS_MAX, limitsFrom } from '@vrouter/vcenter-plugin/simulation';
import { expect, test } from 'vitest';
import { VirtualClock } from '../world/virtual-clock.ts';
import { PluginRules } from './plugin-rules.ts';

const PORT = Port.parse({
  id: '318c1577-fca1-393d-85df-45fdc95e0dfd',
  'instance-id': '502789bb-240a-841f-e24c-000000000003',
  'vn-id': '6782f6e6-9fca-3c02-a76d-d1f37b7d06a3',
  'vm-project-id': 'None',
  'display-name': 'vm-3',
  'system-name': '318c1577-fca1-393d-85df-45fdc95e0dfd',
  'ip-address': '10.0.1.4',
  'ip6-address': '::',
  'mac-address': '00:50:56:00:00:04',
  'rx-vlan-id': 100,
  'tx-vlan-id': 100,
  type: 2,
});
const SYNC = { method: 'POST', path: '/syncports', body: '{"type":2}' } as const;
const NOTHING = { isElsewhere: () => false, identityOf: () => undefined };

/** An agent that was synced, and whose port has moved; it can add the port once more after `pauseMs`. */
async function movedAway(): Promise<{ clock: VirtualClock; rules: PluginRules; add: () => void }> {
  const clock = new VirtualClock();
  const rules = new PluginRules(
    clock,
    limitsFrom({ staleTimeoutMs: 60_000, responseMs: 5000, reconnect: 're-add' }),
    5000,
  );
  rules.told(
    { ports: new Map([[PORT.id, { ...textsOf({ ...PORT }), enabled: true }]]), parked: false },
    new Set(),
  );
  rules.sent(1, SYNC, { kind: 'sync' }, NOTHING);
  rules.settled(1, { kind: 'done' });
  rules.told({ ports: new Map(), parked: false }, new Set([PORT.id]));
  const request = addRequest(PORT);
  const add = (): void => rules.sent(2, request, askOf('add', request.path, request.body ?? ''), NOTHING);
  return { clock, rules, add };
}

const wait = (clock: VirtualClock, ms: number): Promise<void> =>
  clock.runUntil(clock.now() + ms, () => false);

test('a port that moves may be added where it was until the handover is over', async () => {
  const early = await movedAway();
  await wait(early.clock, HANDOVER_MS_MAX);
  early.add();
  const late = await movedAway();
  await wait(late.clock, HANDOVER_MS_MAX + 1);
  expect(late.add).toThrow('add-as-desired');
});

test('a plugin that stood still when the handover ended learns of it when it goes on', async () => {
  const { clock, rules, add } = await movedAway();
  await wait(clock, HANDOVER_MS_MAX / 2);
  const pausedAtMs = clock.now();
  await wait(clock, HANDOVER_MS_MAX);
  rules.stoodStill(pausedAtMs);
  add();
});

test('a standstill after the end of the handover excuses nothing', async () => {
  const { clock, rules, add } = await movedAway();
  await wait(clock, HANDOVER_MS_MAX + 1);
  const pausedAtMs = clock.now();
  await wait(clock, HANDOVER_MS_MAX);
  rules.stoodStill(pausedAtMs);
  expect(add).toThrow('add-as-desired');
});

test('a parked agent may be saved from a sync that timed out for as long after it is heard again', async () => {
  const { clock, rules, add } = await movedAway();
  rules.resyncAsked();
  rules.sent(3, SYNC, { kind: 'sync' }, NOTHING);
  rules.settled(3, { kind: 'unavailable', reason: 'time-out', sent: true, late: true });
  const ports = new Map([[PORT.id, { ...textsOf({ ...PORT }), enabled: true }]]);
  rules.told({ ports, parked: true }, new Set());
  await wait(clock, 300_000);
  expect(add).toThrow('parked-is-quiet');
  // Whatever it answers to.
  rules.settled(4, { kind: 'done' });
  add();
  rules.settled(2, { kind: 'done' });
  await wait(clock, 300_000);
  expect(add).toThrow('parked-is-quiet');
});
