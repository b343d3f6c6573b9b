import { waitFor } from '@vrouter/testkit';
import type { Picture } from '../picture/records.ts';
import type { Watch, WatchOptions, WatchStatus } from '../watch/options.ts';
import { watchVcenter } from '../watch/watch.ts';

/** A watch that remembers what it said. */
export interface Watched {
  readonly pictures: readonly Picture[];
  readonly statuses: readonly WatchStatus[];
  /** The last picture. */
  picture(): Picture;
  /** Waits until the last status is this one. */
  until(state: WatchStatus['state']): Promise<WatchStatus>;
  /** Waits for a status with a reason, among those from `since` on. */
  untilReason(pattern: RegExp, since?: number): Promise<WatchStatus>;
  stop: Watch['stop'];
}

/** Watches, with credentials and jitter made up unless given. */
export function watchForTest(options: Partial<WatchOptions> & Pick<WatchOptions, 'url'>): Watched {
  const pictures: Picture[] = [];
  const statuses: WatchStatus[] = [];
  const watch = watchVcenter(
    { username: 'user', password: 'pass', random: () => 0, ...options },
    { onPicture: (picture) => pictures.push(picture), onStatus: (status) => statuses.push(status) },
  );
  return {
    pictures,
    statuses,
    picture() {
      const last = pictures.at(-1);
      if (last === undefined) throw new Error('No picture yet');
      return last;
    },
    until: (state) =>
      waitFor(() => (statuses.at(-1)?.state === state ? statuses.at(-1) : undefined), {
        what: `status ${state} after ${JSON.stringify(statuses.at(-1))}`,
      }),
    untilReason: (pattern, since = 0) =>
      waitFor(
        () => statuses.slice(since).find((status) => 'reason' in status && pattern.test(status.reason)),
        {
          what: `a status that says ${String(pattern)}`,
        },
      ),
    stop: () => watch.stop(),
  };
}
