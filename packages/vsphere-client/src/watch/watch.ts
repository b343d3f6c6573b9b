import { pause, systemClock, type Clock } from '../clock.ts';
import { VsphereError } from '../errors.ts';
import { checkScope } from '../collector/scope.ts';
import { PictureKeeper } from '../picture/picture-keeper.ts';
import type { Picture } from '../picture/records.ts';
import { SoapClient } from '../soap/soap-client.ts';
import { Transport } from '../soap/transport.ts';
import { backoffDelayMs, RECONNECT, REFUSED } from './backoff.ts';
import type { Watch, WatchListener, WatchOptions } from './options.ts';
import { followSession } from './session-run.ts';

/**
 * Watches hosts, VMs, port groups and switches until stopped. Whatever happens to vCenter, to the session or to the
 * network between, it comes back by itself; meanwhile the last picture stands. Throws `BAD_URL`, `BAD_AUTHORITY` or `BAD_SCOPE`.
 */
export function watchVcenter(options: WatchOptions, listener: WatchListener): Watch {
  checkScope(options.scope ?? {});
  const clock = options.clock ?? systemClock;
  const transport = new Transport({ ...options, clock });
  const stopping = new AbortController();
  const running = keepTrying(options, listener, { clock, transport, signal: stopping.signal });
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopping.abort();
      stopped ??= ended(running, transport);
      return stopped;
    },
  };
}

async function ended(running: Promise<void>, transport: Transport): Promise<void> {
  try {
    await running;
  } finally {
    await transport.close();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof VsphereError ? `${error.message}. ${error.advice}` : String(error);
}

interface Means {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly signal: AbortSignal;
}

async function keepTrying(options: WatchOptions, listener: WatchListener, means: Means): Promise<void> {
  const { clock, transport, signal } = means;
  const random = options.random ?? Math.random;
  const keeper = new PictureKeeper();
  let shown: Picture | undefined;
  let failures = 0;
  let refusals = 0;
  while (!signal.aborted) {
    let syncedAtMs: number | undefined;
    try {
      await followSession(new SoapClient(transport), keeper, {
        ...options,
        clock,
        signal,
        onState: (state) => listener.onStatus({ state }),
        onComplete() {
          const picture = keeper.picture();
          if (picture !== shown) listener.onPicture(picture);
          shown = picture;
          refusals = 0;
          syncedAtMs ??= clock.now();
        },
      });
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof VsphereError && error.code === 'LOGIN_REFUSED';
      listener.onStatus({ state: refused ? 'refused' : 'disconnected', reason: reasonOf(error) });
      // A session that held for a while was a success; one that breaks at once, again and again, is not.
      const held = syncedAtMs !== undefined && clock.now() - syncedAtMs >= RECONNECT.delayMsMax;
      failures = held ? 1 : failures + 1;
      refusals = refused ? refusals + 1 : refusals;
      const delayMs = refused
        ? backoffDelayMs(REFUSED, refusals, random())
        : backoffDelayMs(RECONNECT, failures, random());
      await pause(clock, delayMs, signal);
    }
  }
}
