import { createLogger } from '@vrouter/service-kit';
import { manualClock, samplePort, waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Agent } from './agent.ts';
import { systemPace } from './pace.ts';
import type { Change } from './ports/model.ts';
import { update } from './ports/add-rule.ts';
import { MemoryStore } from './testing/memory-store.ts';

const A = samplePort(1);

/** Saves when it is told to. */
class HeldStore extends MemoryStore {
  readonly #held: (() => void)[] = [];

  override async apply(changes: readonly Change[]): Promise<void> {
    await new Promise<void>((resolve) => this.#held.push(resolve));
    this.save(changes);
  }

  get isAsked(): boolean {
    return this.#held.length > 0;
  }

  /** Lets the next save happen. */
  async release(): Promise<void> {
    const save = await waitFor(() => this.#held.shift(), { what: 'a save' });
    save();
  }
}

async function create(
  store: MemoryStore,
  turn = systemPace.turn,
): Promise<{ agent: Agent; clock: ReturnType<typeof manualClock> }> {
  const clock = manualClock(1_000_000);
  const rules = {
    add: update,
    generationsTold: Infinity,
    staleTimeoutMs: 60_000,
    batchCommandsMax: store.batchCommandsMax,
    queueLengthMax: 10,
    deadlinesMax: 10,
    sweepSliceMax: 10,
    sweepRetryMs: 1000,
  };
  const agent = new Agent({
    store,
    loaded: await store.load(),
    rules,
    clock,
    turn,
    log: createLogger('test', 'silent'),
  });
  return { agent, clock };
}

test('a stop waits for what is under way, and refuses what comes after', async () => {
  const store = new HeldStore();
  const { agent } = await create(store);
  const first = agent.request({ kind: 'add', ports: [A] });
  const second = agent.request({ kind: 'enable', id: A.id });
  const stopped = agent.stop();
  expect(await agent.request({ kind: 'sync' })).toEqual({ ok: false, code: 'STOPPING' });
  await store.release();
  expect(await first).toEqual({ ok: true });
  expect(store.ports.get(A.id)?.linkState).toBe(0);
  await store.release();
  expect(await second).toEqual({ ok: true });
  await stopped;
  expect(store.ports.get(A.id)?.linkState).toBe(1);
});

test('a stopped agent leaves no timer, and its sweeps to the next start', async () => {
  const store = new MemoryStore();
  const { agent, clock } = await create(store);
  await agent.request({ kind: 'add', ports: [A] });
  await agent.request({ kind: 'sync' });
  expect(clock.pendingCount()).toBe(1);
  await agent.stop();
  expect(clock.pendingCount()).toBe(0);

  const next = await create(store);
  await next.clock.advance(59_999);
  expect(next.agent.port(A.id)).toBeDefined();
  await next.clock.advance(1);
  expect(next.agent.port(A.id)).toBeUndefined();
});

test('a sync that is saved while the agent stops starts no timer', async () => {
  const store = new HeldStore();
  const { agent, clock } = await create(store);
  const sync = agent.request({ kind: 'sync' });
  const stopped = agent.stop();
  await store.release();
  expect(await sync).toEqual({ ok: true });
  await stopped;
  expect(clock.pendingCount()).toBe(0);
});

test('many sync deadlines share one timer', async () => {
  const { agent, clock } = await create(new MemoryStore());
  for (let count = 0; count < 5; count += 1) {
    await agent.request({ kind: 'sync' });
    await clock.advance(1000);
  }
  expect(clock.pendingCount()).toBe(1);
  await clock.advance(60_000);
  expect(agent.table.deadlines).toEqual([]);
  expect(clock.pendingCount()).toBe(0);
});

test('what comes at the same time is saved together', async () => {
  const batches: number[] = [];
  const store = new (class extends MemoryStore {
    override async apply(changes: readonly Change[]): Promise<void> {
      batches.push(changes.length);
      this.save(changes);
    }
  })(100);
  const { agent } = await create(store);
  const ports = [1, 2, 3].map((number) => samplePort(number));
  await Promise.all(ports.map((port) => agent.request({ kind: 'add', ports: [port] })));
  expect(batches).toEqual([3]);
});

test('what came in the moment in which a batch was saved goes into the next one', async () => {
  const store = new HeldStore();
  const turns: (() => void)[] = [];
  const { agent } = await create(store, () => new Promise((resolve) => turns.push(resolve)));
  const first = agent.request({ kind: 'add', ports: [A] });
  turns.shift()?.();
  await waitFor(() => store.isAsked, { what: 'the first batch' });
  const second = agent.request({ kind: 'enable', id: A.id });
  await store.release();
  expect(await first).toEqual({ ok: true });
  await store.release();
  expect(await second).toEqual({ ok: true });
  expect(turns).toHaveLength(1); // it never had to come
});
