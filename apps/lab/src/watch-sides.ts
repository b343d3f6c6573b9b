import { setTimeout as sleep } from 'node:timers/promises';
import { bothSides } from './print/both-sides.ts';
import type { Paint } from './print/paint.ts';
import type { Snapshot } from './view/snapshot.ts';

export interface WatchOptions {
  readonly look: () => Promise<Snapshot>;
  readonly say: (line: string) => void;
  readonly paint: Paint;
  /** Aborted: nobody watches any more. */
  readonly signal: AbortSignal;
  readonly everyMs: number;
}

/** Shows both sides whenever they have changed and have then stayed the same for one more look. */
export async function watchSides({ look, say, paint, signal, everyMs }: WatchOptions): Promise<void> {
  let shown: Snapshot | undefined;
  let [shownText, lastText] = ['', ''];
  while (!signal.aborted) {
    const snapshot = await look();
    const text = bothSides(snapshot).join('\n');
    if (text === lastText && text !== shownText && !signal.aborted) {
      say('');
      for (const line of bothSides(snapshot, { before: shown, paint })) say(`  ${line}`);
      shown = snapshot;
      shownText = text;
    }
    lastText = text;
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
