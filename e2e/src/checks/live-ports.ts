import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Agent } from '../world/agent.ts';
import type { HeldPort } from '../world/oracle.ts';
import type { World } from '../world/world.ts';
import { watchForwarding } from './forwarding.ts';

const POLL_MS = 5;

export interface LivePortsWatch {
  /** Ends the watch; an error if a live port was gone at any moment, or its file is another now. */
  assertUndisturbed(): Promise<void>;
}

/**
 * Watches the ports that agents hold now and should go on holding, through restarts of anybody. Three kinds of
 * evidence: a look at files and table every few milliseconds; the files' bytes, which hold the microsecond of their
 * writing, so that a port swept and added again between two looks is noticed too; and the agents' requests.
 */
export async function watchLivePorts(world: World): Promise<LivePortsWatch> {
  const finished = new AbortController();
  const over = AbortSignal.any([finished.signal, world.closing]);
  const lives = await Promise.all(world.agents.map((agent) => liveOn(world, agent)));
  const watches = lives.map((live) => watchUntil(live, over));
  const forwarding = await watchForwarding(world);
  return {
    async assertUndisturbed() {
      await forwarding.assertNothingLost();
      finished.abort();
      const disturbances = (await Promise.all(watches)).flat();
      assert.deepEqual(disturbances, [], 'live ports were disturbed');
      for (const live of lives) await assertAsBefore(live);
    },
  };
}

/** The ports of an agent that must not be disturbed. */
interface Live {
  readonly agent: Agent;
  readonly ports: Readonly<Record<string, HeldPort>>;
  /** Texts of their files. */
  readonly files: Readonly<Record<string, string>>;
  /** How many requests it had received when the watch began. */
  readonly requestCount: number;
}

async function liveOn(world: World, agent: Agent): Promise<Live> {
  const requestCount = (await agent.allRequests()).length;
  const ports = await world.expectedOn(agent);
  const all = agent.files();
  const files = Object.keys(ports).map((id) => {
    const text = all[id] ?? assert.fail(`${agent.name} has no file of live port ${id} when the watch begins`);
    return [id, text] as const;
  });
  return { agent, ports, files: Object.fromEntries(files), requestCount };
}

async function watchUntil(live: Live, over: AbortSignal): Promise<readonly string[]> {
  const disturbances = new Set<string>();
  while (!over.aborted) {
    for (const disturbance of await look(live)) disturbances.add(disturbance);
    await sleep(POLL_MS);
  }
  return [...disturbances];
}

async function look({ agent, ports }: Live): Promise<readonly string[]> {
  const noFile = Object.keys(ports).filter((id) => !existsSync(join(agent.portsDir, id)));
  const state = agent.isRunning ? await agent.state().catch(() => undefined) : undefined;
  const table = new Map(state?.ports.map(({ id, linkState }) => [id, linkState]));
  const changed = Object.entries(ports).filter(([id, { linkState }]) => table.get(id) !== linkState);
  return [
    ...noFile.map((id) => `${agent.name}: no file of ${id}`),
    // An agent that is down has no table, which disturbs nobody.
    ...(state === undefined
      ? []
      : changed.map(([id]) => `${agent.name}: ${id} is ${table.get(id) ?? 'gone'}`)),
  ];
}

async function assertAsBefore({ agent, files, requestCount }: Live): Promise<void> {
  const now = agent.files();
  for (const [id, text] of Object.entries(files)) {
    assert.equal(now[id], text, `the file of live port ${id} of ${agent.name} is not the one it was`);
  }
  const deletes = (await agent.allRequests())
    .slice(requestCount)
    .filter(({ operation }) => operation === 'delete');
  const deleted = deletes.flatMap(({ portIds }) => portIds).filter((id) => id in files);
  assert.deepEqual(deleted, [], `deletes of live ports were sent to ${agent.name}`);
}
