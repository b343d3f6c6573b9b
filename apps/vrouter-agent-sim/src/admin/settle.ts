import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@vrouter/service-kit';
import type { Agent } from '../agent.ts';
import type { Api } from '../profiles/profile.ts';
import { AdminRefusal } from './body.ts';

const SETTLE_MS_MAX = 30_000;

/** Whatever may still be at work when a request is answered or a timer has fired. */
export interface Workers {
  readonly agent: Pick<Agent, 'settled'>;
  readonly subscriptions: Pick<NonNullable<Api['subscriptions']>, 'settled'> | undefined;
  /** Resolves when port files hold what was saved before, as far as the disk lets them. */
  readonly filesWritten: () => Promise<void>;
  /** Time that goes by whatever the agent's does. */
  readonly realClock: Clock;
}

/** Resolves when all work that was begun is done, down to the files. Rejects with `AdminRefusal` STILL_WORKING. */
export async function settle(workers: Workers): Promise<void> {
  let cancel: () => void = () => undefined;
  const tooLong = new Promise<never>((_, reject) => {
    cancel = workers.realClock.schedule(SETTLE_MS_MAX, () =>
      reject(new AdminRefusal('STILL_WORKING', `after ${SETTLE_MS_MAX} ms`)),
    );
  });
  try {
    await Promise.race([allDone(workers), tooLong]);
  } finally {
    cancel();
  }
}

/** In the order in which one gives work to the next. */
async function allDone({ agent, subscriptions, filesWritten }: Workers): Promise<void> {
  await nextTurn(); // what a timer set off may need one to reach the agent
  await agent.settled();
  await subscriptions?.settled();
  await filesWritten();
}
