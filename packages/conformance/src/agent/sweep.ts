import { setTimeout as sleep } from 'node:timers/promises';
import { CannotCheck, Mismatch } from '../errors.ts';
import type { AgentUnderTest } from './agent-under-test.ts';
import { expectKnownNow, expectUnknown } from './known.ts';
import type { PortBody } from './port-body.ts';

const ATTEMPTS = 3;

/** Adds `ports` and one more, which it returns: nobody adds that again, so it shows that the sweep came. */
export async function added(agent: AgentUnderTest, ...ports: readonly PortBody[]): Promise<PortBody> {
  const canary = agent.port();
  await agent.add(...ports, canary);
  return canary;
}

/**
 * Syncs, and does `act` before the deadline; where that took too long it begins again with a new sync. Returns the
 * moment before which the deadline of the last sync cannot be. Throws `CannotCheck` when the time never suffices.
 */
export async function syncThen(
  agent: AgentUnderTest,
  act: (deadlineMs: number) => Promise<void>,
): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const deadlineMs = await agent.sync();
    await unlessTooLate(deadlineMs, () => act(deadlineMs));
    if (performance.now() < deadlineMs) return deadlineMs;
  }
  throw new CannotCheck(
    `a stale timeout of ${agent.staleTimeoutMs} ms is too short for this agent; make it longer`,
  );
}

/** Does `act`; what it finds wrong counts only while the deadline cannot have come. */
export async function unlessTooLate(deadlineMs: number, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Mismatch) || performance.now() < deadlineMs) throw error;
  }
}

/** Waits for the sweep: the port that nobody adds again goes. Then the others must still be there. */
export async function expectSwept(
  agent: AgentUnderTest,
  { gone, stay }: { readonly gone: readonly PortBody[]; readonly stay: readonly PortBody[] },
): Promise<void> {
  for (const { id } of gone) await expectUnknown(agent, id, agent.sweepMsMax);
  for (const { id } of stay) await expectKnownNow(agent, id);
}

/** Half of the stale timeout. */
export async function halfTheTimeout(agent: AgentUnderTest): Promise<void> {
  await sleep(agent.staleTimeoutMs / 2);
}
