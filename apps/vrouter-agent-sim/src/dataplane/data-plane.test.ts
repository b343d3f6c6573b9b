import { createLogger } from '@vrouter/service-kit';
import { manualClock, samplePort, temporaryFolder, waitFor, type ManualClock } from '@vrouter/testkit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DataPlane, type TablePort } from './data-plane.ts';
import type { Flow } from './flows/flow.ts';
import type { Bridge } from './ovs/bridge.ts';
import { PeerDirectory } from './peers/peer-directory.ts';

/** A switch that remembers, and that can be out of order. */
class FakeBridge implements Bridge {
  readonly name: string;
  flows: readonly Flow[] = [];
  ensured = 0;
  rounds = 0;
  defect: string | undefined;
  /** Holds rounds up until it resolves. */
  gate = Promise.resolve();

  constructor(name: string) {
    this.name = name;
  }

  async ensure(peers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    this.ensured += 1;
    return new Map(peers.map((peer, index) => [peer, 2 + index]));
  }

  async become(flows: readonly Flow[]): Promise<number> {
    await this.gate;
    this.rounds += 1;
    if (this.defect !== undefined) throw new Error(this.defect);
    this.flows = flows;
    return flows.length;
  }

  close(): void {}

  /** MACs that frames are accepted from. */
  get senders(): readonly string[] {
    return this.flows.flatMap(({ match: { source } }) => source ?? []);
  }

  /** MACs that frames are sent to through links. */
  get away(): readonly string[] {
    return this.flows.filter(({ priority }) => priority === 20).map(({ match }) => match.destination ?? '');
  }
}

interface Bench {
  readonly plane: DataPlane;
  readonly bridge: FakeBridge;
  readonly ports: Map<string, TablePort>;
  readonly counts: { applied: number; failed: number };
  put(number: number, linkState?: 0 | 1): string;
}

function sharedFolder(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}

function bench(folder: string, clock: ManualClock, name = 'agent-1'): Bench {
  const ports = new Map<string, TablePort>();
  const bridge = new FakeBridge(`vr-${name}`);
  const counts = { applied: 0, failed: 0 };
  const plane = new DataPlane({
    bridge,
    directory: new PeerDirectory(folder, name),
    ports: () => ports.values(),
    clock,
    log: createLogger('test', 'silent'),
    meter: { applied: () => (counts.applied += 1), failed: () => (counts.failed += 1) },
  });
  onTestFinished(() => plane.close());
  const put = (number: number, linkState: 0 | 1 = 1): string => {
    const port = samplePort(number);
    ports.set(port.id, { port, linkState });
    return port['mac-address'];
  };
  return { plane, bridge, ports, counts, put };
}

const settled = ({ plane }: Bench): Promise<true> =>
  waitFor(() => plane.problems().length === 0, { what: 'a data plane without problems' });

test('nothing is programmed before the ports are loaded', async () => {
  const clock = manualClock(1_000);
  const one = bench(sharedFolder(), clock);
  one.put(1);
  one.plane.changed();
  await clock.advance(60_000);
  expect(one.bridge.rounds).toBe(0);
  expect(one.plane.problems()).toEqual(['data plane: not programmed yet']);
  one.plane.start();
  await settled(one);
  expect(one.bridge.senders).toHaveLength(1);
});

test('only enabled ports forward, and each change is followed', async () => {
  const one = bench(sharedFolder(), manualClock(1_000));
  const first = one.put(1);
  one.put(2, 0);
  one.plane.start();
  await settled(one);
  expect(one.bridge.senders).toEqual([first]);
  const second = one.put(2, 1);
  one.plane.changed();
  await waitFor(() => one.bridge.senders.includes(second), { what: 'the second port' });
  one.ports.clear();
  one.plane.changed();
  await waitFor(() => one.bridge.flows.length === 0, { what: 'no flows' });
});

test('changes during a round lead to one more, however many they are', async () => {
  const one = bench(sharedFolder(), manualClock(1_000));
  one.plane.start();
  await settled(one);
  let open = (): void => undefined;
  one.bridge.gate = new Promise((resolve) => (open = resolve));
  const before = one.bridge.rounds;
  one.plane.changed();
  for (let number = 1; number <= 50; number += 1) {
    one.put(number);
    one.plane.changed();
  }
  open();
  await waitFor(() => one.bridge.senders.length === 50, { what: 'all ports' });
  await one.plane.close();
  expect(one.bridge.rounds - before).toBe(2);
});

test('a failure is a problem, is counted, and is tried again less and less often', async () => {
  const clock = manualClock(1_000);
  const one = bench(sharedFolder(), clock);
  one.bridge.defect = 'ovs-ofctl: no such bridge';
  one.plane.start();
  await waitFor(() => one.counts.failed === 1, { what: 'a failure' });
  expect(one.plane.problems()).toEqual(['data plane: ovs-ofctl: no such bridge']);
  for (let second = 0; second < 10; second += 1) {
    await clock.advance(1_000);
    one.plane.changed();
  }
  expect(one.counts.failed).toBeGreaterThan(4);
  expect(one.counts.failed).toBeLessThan(12);
  one.bridge.defect = undefined;
  const ensured = one.bridge.ensured;
  await clock.advance(2_000);
  await settled(one);
  expect(one.bridge.ensured).toBeGreaterThan(ensured);
});

test('a switch that forgot everything gets its flows back', async () => {
  const clock = manualClock(1_000);
  const one = bench(sharedFolder(), clock);
  one.put(1);
  one.plane.start();
  await settled(one);
  one.bridge.flows = [];
  await clock.advance(3_000);
  await waitFor(() => one.bridge.senders.length === 1, { what: 'the flows' });
});

test('stopping leaves the flows as they are; what was changed before is done first', async () => {
  const one = bench(sharedFolder(), manualClock(1_000));
  one.put(1);
  one.plane.start();
  one.put(2);
  one.plane.changed();
  await one.plane.close();
  expect(one.bridge.senders).toHaveLength(2);
});

test('agents learn of each other, and of a machine that moves', async () => {
  const folder = sharedFolder();
  const clock = manualClock(1_000);
  const [one, two] = [bench(folder, clock), bench(folder, clock, 'agent-2')];
  one.put(1);
  two.put(2);
  const moving = two.put(3);
  for (const { plane } of [one, two]) plane.start();
  await waitFor(() => one.bridge.away.includes(moving), { what: 'the peer to be known' });

  await clock.advance(10);
  one.put(3);
  one.plane.changed();
  await waitFor(() => two.bridge.away.includes(moving), { what: 'the machine to be away' });
  await waitFor(() => !one.bridge.away.includes(moving), { what: 'the machine to be here' });
});

test('a restarted agent takes no machine back that has moved away meanwhile, and keeps its labels', async () => {
  const folder = sharedFolder();
  const clock = manualClock(1_000);
  const [one, two] = [bench(folder, clock), bench(folder, clock, 'agent-2')];
  const moving = one.put(1);
  one.plane.start();
  await settled(one);
  await one.plane.close();
  await clock.advance(10);
  two.plane.start();
  await settled(two);
  two.put(1);
  two.put(2);
  two.plane.changed();
  await waitFor(() => two.bridge.senders.length === 2, { what: 'the machine to be at agent-2' });

  const again = bench(folder, clock);
  again.put(1);
  again.plane.start();
  await settled(again);
  await waitFor(() => again.bridge.away.includes(moving), { what: 'the machine to stay away' });
  const numbers = (bridge: FakeBridge) =>
    new Set(bridge.flows.flatMap(({ match: { network } }) => network ?? []));
  expect(numbers(again.bridge)).toEqual(numbers(one.bridge));
});

test("a peer's bad announcement is a problem of readiness, not of forwarding", async () => {
  const folder = sharedFolder();
  writeFileSync(join(folder, 'agent-2.json'), 'no JSON');
  writeFileSync(join(folder, 'agent-1.json'), 'nor this, and it is our own');
  const one = bench(folder, manualClock(1_000));
  one.put(1);
  one.plane.start();
  await waitFor(() => one.bridge.senders.length === 1, { what: 'flows' });
  await waitFor(() => one.plane.problems()[0]?.includes('agent-2.json'), { what: 'the problem' });
});
