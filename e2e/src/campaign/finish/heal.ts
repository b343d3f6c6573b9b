import { waitFor } from '@vrouter/testkit';
import { Violation } from '@vrouter/testkit/history';
import { assertSettled } from '../../checks/settled.ts';
import type { Stage } from '../stage/stage.ts';

/** Within this time after the last trouble, everything is as desired. */
const CONVERGE_MS_MAX = 120_000;

/** Waits until agents, files, config API and plugin are as vCenter wants. Returns how long that took (ms). */
export async function heal(stage: Stage): Promise<number> {
  const beganMs = performance.now();
  const { history, world, posts } = stage;
  const { introspect } = world.plugin;
  history.note('== all is healed');
  const promised = async (what: string, check: () => Promise<boolean>): Promise<void> => {
    const timeoutMs = CONVERGE_MS_MAX - (performance.now() - beganMs);
    await waitFor(check, { what, timeoutMs }).catch((error: unknown) => {
      throw new Violation('converges', (error as Error).message);
    });
  };
  await promised('the inventory to be complete', async () => (await introspect.inventory()).complete);
  // Of a disk that lied nobody can know: an operator has to ask for a sync.
  for (const { agent, hasLied } of posts) if (hasLied) await introspect.resync(agent.name);
  await promised('everything to be as desired', () => assertSettled(world));
  return Math.round(performance.now() - beganMs);
}
