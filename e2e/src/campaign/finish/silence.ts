import { waitFor } from '@vrouter/testkit';
import { Violation } from '@vrouter/testkit/history';
import { assertSettled } from '../../checks/settled.ts';
import type { HistoryEvent } from '../history/event.ts';
import type { Stage } from '../stage/stage.ts';

const SILENT_MS_MAX = 60_000;
/** Looks at everything, one after the other, during which nothing is sent that changes anything. */
const LOOKS = 25;

/** Waits until no agent has a sweep to come, and nobody is sent anything but reads any more. */
export async function fallsSilent(stage: Stage): Promise<void> {
  const { history, world } = stage;
  let looks = 0;
  let count = changesIn(history.events);
  await waitFor(
    async () => {
      await assertSettled(world);
      const states = await Promise.all(world.agents.map((agent) => agent.state()));
      const now = changesIn(history.events);
      const isSilent = now === count && states.every(({ deadlines }) => deadlines.length === 0);
      looks = isSilent ? looks + 1 : 0;
      count = now;
      return looks >= LOOKS;
    },
    { what: 'no more requests', timeoutMs: SILENT_MS_MAX, everyMs: 100 },
  ).catch((error: unknown) => {
    throw new Violation('falls-silent', (error as Error).message);
  });
}

/** How many requests were to change something. */
export function changesIn(events: readonly HistoryEvent[]): number {
  return events.filter((event) => event.kind === 'asked' && event.ask.kind !== 'get').length;
}
