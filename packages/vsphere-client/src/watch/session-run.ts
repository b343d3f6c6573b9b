import type { Clock } from '../clock.ts';
import { Collector } from '../collector/collector.ts';
import { startsOf } from '../collector/scope.ts';
import type { PictureKeeper } from '../picture/picture-keeper.ts';
import { logIn, logOut } from '../soap/session.ts';
import type { SoapClient } from '../soap/soap-client.ts';
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
    run.onState('reading');
    for (let first = true; ; first = false) {
      const starts = await startsOf(client, session, run.scope ?? {}, run.signal);
      const filter = await collector.createFilter(starts);
      const version = await readAll(collector, keeper);
      run.onComplete();
      if (first) run.onState('synced');
      await follow(collector, keeper, version, run);
      // Reading again is a new filter: the first answer to it is everything.
      await collector.destroyFilter(filter);
    }
  } finally {
    await logOut(client, session);
  }
}

/** Returns the version to go on from. */
async function readAll(collector: Collector, keeper: PictureKeeper): Promise<string> {
  keeper.beginRead();
  for (let version = ''; ;) {
    const set = await collector.read(version);
    keeper.apply(set?.updates ?? []);
    version = set?.version ?? version;
    if (set?.truncated === true) continue;
    keeper.endRead();
    return version;
  }
}

/** Follows the changes until everything should be read again. */
async function follow(
  collector: Collector,
  keeper: PictureKeeper,
  from: string,
  run: SessionRun,
): Promise<void> {
  const rereadAtMs = run.clock.now() + (run.rereadMs ?? REREAD_MS);
  let plausible = true;
  for (let version = from, truncated = false; truncated || plausible;) {
    const waitSeconds = Math.ceil((rereadAtMs - run.clock.now()) / 1_000);
    if (!truncated && waitSeconds <= 0) return;
    const set = await collector.poll(
      version,
      Math.min(Math.max(waitSeconds, 0), run.pollSeconds ?? POLL_SECONDS),
    );
    version = set?.version ?? version;
    truncated = set?.truncated === true;
    if (set === undefined) continue;
    plausible = keeper.apply(set.updates) && plausible;
    if (!truncated && plausible) run.onComplete();
  }
}
