import { createLogger } from '@vrouter/service-kit';
import {
  Agent,
  Config,
  ContrailApi,
  JournalStore,
  PortFiles,
  RequestRing,
  tf,
  update,
  type FileSystem,
  type Pace,
  type PortStore,
  type Tuning,
} from '@vrouter/vrouter-agent-sim/simulation';
import type { Life } from '../world/life.ts';
import { blueprintRest } from './blueprint-rest.ts';
import type { Rest } from './wire.ts';

export const PLACES = { ports: '/ports', state: '/state', temporary: '/state/tmp' };

/** Which agent, and how it keeps its ports. */
export interface AgentKind {
  readonly profile: 'blueprint' | 'tf';
  readonly durability: 'journal' | 'file';
  readonly tuning: Partial<Tuning>;
}

export interface RunningAgent {
  readonly agent: Agent;
  readonly rest: Rest;
  close(): Promise<void>;
}

const log = createLogger('simulation', 'silent');
const QUEUE_LENGTH_MAX = 10_000;
const SWEEP_SLICE_MAX = 2;
const SWEEP_RETRY_MS = 1000;

/** Starts the real agent on `files`. It serves when this resolves; rejects when it cannot start. */
export async function openAgent(
  kind: AgentKind,
  files: FileSystem,
  life: Life,
  staleTimeoutMs: number,
): Promise<RunningAgent> {
  const rules = {
    staleTimeoutMs,
    queueLengthMax: QUEUE_LENGTH_MAX,
    sweepSliceMax: SWEEP_SLICE_MAX,
    sweepRetryMs: SWEEP_RETRY_MS,
  };
  const now = (): number => life.now();
  if (kind.profile === 'tf') {
    const config = Config.parse({ stateDir: PLACES.state, profile: 'tf', seed: 1 });
    const parts = { config, files, places: PLACES, author: tf.author, now, log };
    const store = tf.openStore(parts);
    const loaded = await store.load();
    const { batchCommandsMax } = store;
    const agent = new Agent({
      store,
      loaded,
      rules: { ...rules, ...tf.rules, batchCommandsMax },
      clock: life,
      log,
      turn: () => Promise.resolve(), // it saves one change at a time, so there is nothing to wait for
    });
    const api = new ContrailApi(tf.routes, tf.release, {
      ...parts,
      agent,
      requests: new RequestRing(1),
      clock: life,
      seam: { intercept: undefined },
      interfaceExists: () => true,
    });
    void api.reload(); // it serves before, like the real one; never rejects
    const answer = api.answerer(1);
    return {
      agent,
      rest: async ({ method, path, query, body }) => {
        const got = await answer({ method, path, query, body: Buffer.from(body).toString('latin1') });
        if (got === 'close' || got === 'taken') return 'close';
        return { status: got.status, text: Buffer.from(got.body, 'latin1').toString() };
      },
      close: () => agent.stop(),
    };
  }
  const pace: Pace = { nowMs: now, turn: () => life.wait(0), wait: (delayMs) => life.wait(delayMs) };
  const options = { files, places: PLACES, author: 'simulation', now, log };
  const store: PortStore =
    kind.durability === 'journal'
      ? new JournalStore({ ...options, clock: life, tuning: kind.tuning, pace })
      : new PortFiles(options);
  const loaded = await store.load();
  const { batchCommandsMax } = store;
  const agent = new Agent({
    store,
    loaded,
    rules: { ...rules, add: update, generationsTold: Infinity, deadlinesMax: 1000, batchCommandsMax },
    clock: life,
    log,
    turn: pace.turn,
  });
  return {
    agent,
    rest: blueprintRest(agent),
    close: async () => {
      await agent.stop();
      await store.close?.();
    },
  };
}
