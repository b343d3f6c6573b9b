import { samplePort } from '@vrouter/testkit';
import { Port } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { adapterKey, type Binding, type DesiredPort } from '../binding/desired-port.ts';
import { Handover, HANDOVER_MS_MAX } from './handover.ts';

const port = Port.parse(samplePort(1));
const desired: DesiredPort = { port, enabled: true };

function placed(agent: 'old' | 'new' | 'none'): Binding {
  const on = (name: string) => ({
    ports: new Map(agent === name ? [[port.id, desired]] : []),
    parked: false,
  });
  return {
    agents: new Map([
      ['old', on('old')],
      ['new', on('new')],
    ]),
    problems: [],
  };
}

function idsOf(assignments: ReturnType<Handover['assign']>, agent: string): string[] {
  return [...(assignments.get(agent)?.ports.keys() ?? [])];
}

test('a port that moves stays on the old agent until the new one has confirmed it', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  const during = handover.assign(placed('new'), (agent) => agent === 'new', 1);
  expect(idsOf(during, 'old')).toEqual([port.id]);
  expect(idsOf(during, 'new')).toEqual([port.id]);
  expect(during.get('old')?.waiting).toEqual(
    new Map([[port.id, { agent: 'new', untilMs: 1 + HANDOVER_MS_MAX }]]),
  );
  const after = handover.assign(placed('new'), () => false, 2);
  expect(idsOf(after, 'old')).toEqual([]);
  expect(after.get('old')?.moved).toEqual(new Set([port.id]));
});

test('an agent that does not confirm is waited for only so long', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  handover.assign(placed('new'), () => true, 1);
  expect(
    idsOf(
      handover.assign(placed('new'), () => true, HANDOVER_MS_MAX),
      'old',
    ),
  ).toEqual([port.id]);
  expect(
    idsOf(
      handover.assign(placed('new'), () => true, 1 + HANDOVER_MS_MAX),
      'old',
    ),
  ).toEqual([]);
});

test('whether the new agent is parked says the binding that moves the port, not the one before', () => {
  const handover = new Handover();
  const parked = (binding: Binding): Binding => {
    const agents = [...binding.agents].map(
      ([name, agent]) => [name, { ...agent, parked: name === 'new' }] as const,
    );
    return { ...binding, agents: new Map(agents) };
  };
  const isPending = (agent: string): boolean => agent === 'new';
  handover.assign(parked(placed('old')), isPending, 0);
  expect(idsOf(handover.assign(placed('new'), isPending, 1), 'old')).toEqual([port.id]);
  expect(idsOf(handover.assign(parked(placed('new')), isPending, 2), 'old')).toEqual([]);
});

test('a port that is gone is taken away at once', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  const after = handover.assign(placed('none'), () => true, 1);
  expect(idsOf(after, 'old')).toEqual([]);
  expect(after.get('old')?.moved).toEqual(new Set());
});

test('a port whose VM is on a host without an agent is taken away at once, and is not lost', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  const unserved = new Set([adapterKey(port['instance-id'], port['mac-address'])]);
  const after = handover.assign({ ...placed('none'), unserved }, () => true, 1);
  expect(idsOf(after, 'old')).toEqual([]);
  expect(after.get('old')?.moved).toEqual(new Set([port.id]));
});

test('a port whose adapter has another one now, under another id, is taken away at once, and is not lost', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  const other = { ...port, id: port.id.replace(/^......../u, 'aaaaaaaa') };
  const binding = placed('none');
  const agents = new Map([
    ...binding.agents,
    ['old', { ports: new Map([[other.id, { ...desired, port: other }]]), parked: false }],
  ]);
  const after = handover.assign({ ...binding, agents }, () => true, 1);
  expect(idsOf(after, 'old')).toEqual([other.id]);
  expect(after.get('old')?.moved).toEqual(new Set([port.id]));
});

test('a port that comes back meanwhile is on the old agent only', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  handover.assign(placed('new'), () => true, 1);
  const back = handover.assign(placed('old'), () => false, 2);
  expect(idsOf(back, 'old')).toEqual([port.id]);
  expect(idsOf(back, 'new')).toEqual([]);
});

test('agents that wait look again for themselves, and one that is not in the binding has nothing to look for', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  handover.assign(placed('new'), (agent) => agent === 'new', 1);
  const after = handover.again(['old', 'gone'], () => false, 2);
  expect([...after.keys()]).toEqual(['old']);
  expect(idsOf(after, 'old')).toEqual([]);
});

test('a port that moves a second time is waited for as long as the first time', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  handover.assign(placed('new'), () => true, 1);
  handover.again(['old'], () => false, 2);
  handover.assign(placed('old'), () => false, 3);
  handover.assign(placed('new'), () => false, 4);
  handover.assign(placed('old'), () => false, 5);
  const again = handover.assign(placed('new'), (agent) => agent === 'new', HANDOVER_MS_MAX);
  expect(again.get('old')?.waiting.get(port.id)?.untilMs).toBe(2 * HANDOVER_MS_MAX);
});

test('what an agent had in an earlier life moves, too', () => {
  const handover = new Handover();
  handover.remember('old', new Map([[port.id, desired]]));
  const during = handover.assign(placed('new'), (agent) => agent === 'new', 0);
  expect(idsOf(during, 'old')).toEqual([port.id]);
  handover.remember('old', new Map());
  expect(handover.again(['old'], () => false, 1).get('old')?.moved).toEqual(new Set([port.id]));
});

test('what the brake holds back and then appears elsewhere has moved', () => {
  const handover = new Handover();
  handover.assign(placed('old'), () => false, 0);
  handover.assign(placed('none'), () => false, 1);
  handover.keep('old', new Map([[port.id, desired]]));
  const during = handover.assign(placed('new'), (agent) => agent === 'new', 2);
  expect(during.get('old')?.moved).toEqual(new Set([port.id]));
  expect(idsOf(during, 'old')).toEqual([port.id]);
  expect(
    idsOf(
      handover.again(['old'], () => false, 3),
      'old',
    ),
  ).toEqual([]);
});
