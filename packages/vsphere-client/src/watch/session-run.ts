import type { Clock } from '../clock.ts';
import { Collector } from '../collector/collector.ts';
import { startsOf } from '../collector/scope.ts';
import type { Start } from '../collector/filter-spec.ts';
import { VsphereError } from '../errors.ts';
import type { PictureKeeper } from '../picture/picture-keeper.ts';
import { logIn, logOut } from '../soap/session.ts';
import type { SoapClient } from '../soap/soap-client.ts';
import { IpPoolReader } from './ip-pool-reader.ts';
import type { WatchOptions } from './options.ts';

export interface SessionRun extends WatchOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onState: (state: 'connecting' | 'reading' | 'synced') => void;
  /** The keeper's picture is complete: after a read, and after every change. */
  readonly onComplete: () => void;
}

const REREAD_MS = 300_000;
const POLL_SECONDS = 20;

/** Logs in, reads and follows until something breaks: always ends by throwing. */
export async function followSession(
  client: SoapClient,
  keeper: PictureKeeper,
  run: SessionRun,
): Promise<never> {
  run.onState('connecting');
  const session = await logIn(client, run, run.signal);
  try {
    const collector = await Collector.create(client, session.propertyCollector, run.signal);
    const pools = run.ipPools === true ? new IpPoolReader(client, session, keeper, run.signal) : undefined;
    run.onState('reading');
    for (let first = true; ; first = false) {
      const starts = await startsOf(client, session, run.scope ?? {}, run.signal);
      const filter = await collector.createFilter(starts);
      const version = await readAll(collector, keeper, starts);
      await pools?.readAll();
      run.onComplete();
      if (first) run.onState('synced');
      await follow(collector, keeper, version, { ...run, pools });
      // Reading again is a new filter: the first answer to it is everything.
      await collector.destroyFilter(filter);
    }
  } finally {
    await logOut(client, session);
  }
}

/**
 * Returns the version to go on from. What a read starts from is part of its answer, however empty vCenter is: an answer
 * without it was not a read, and must not empty the picture. Throws `BAD_ANSWER`.
 */
async function readAll(
  collector: Collector,
  keeper: PictureKeeper,
  starts: readonly Start[],
): Promise<string> {
  const expected = new Set(starts.map(({ at }) => at.value));
  keeper.beginRead();
  for (let version = ''; ;) {
    const set = await collector.read(version);
    for (const { ref } of set?.updates ?? []) expected.delete(ref);
    keeper.apply(set?.updates ?? []);
    version = set?.version ?? version;
    if (set?.truncated === true) continue;
    if (expected.size > 0) {
      throw new VsphereError('BAD_ANSWER', `The inventory came without ${[...expected].join(', ')}`);
    }
    keeper.endRead();
    return version;
  }
}

/** Follows the changes until everything should be read again. */
async function follow(
  collector: Collector,
  keeper: PictureKeeper,
  from: string,
  run: SessionRun & { readonly pools: IpPoolReader | undefined },
): Promise<void> {
  let due = false;
  // A timer, not the time of day: that may be set back by years.
  const cancel = run.clock.schedule(run.rereadMs ?? REREAD_MS, () => (due = true));
  try {
    for (let version = from, truncated = false, plausible = true; truncated || (plausible && !due);) {
      const set = await collector.poll(version, truncated ? 0 : (run.pollSeconds ?? POLL_SECONDS));
      version = set?.version ?? version;
      truncated = set?.truncated === true;
      if (set === undefined) continue;
      plausible = keeper.apply(set.updates) && plausible;
      if (truncated || !plausible) continue;
      await run.pools?.readNew();
      run.onComplete();
    }
  } finally {
    cancel();
  }
}
