import type { Fault } from '@vrouter/testkit';
import { objectsIn, type ReportedObject } from '../observe/reports.ts';

/** What vCenter told since the last `clear`. */
export interface Told {
  readonly objects: readonly ReportedObject[];
  /** Somebody read everything meanwhile, so changes may have come as part of that, or several times. */
  readonly reread: boolean;
}

/** Takes notes of what passes a proxy, and changes none of it. */
export interface Recorder extends Fault {
  clear(): void;
  read(): Told;
}

/** Objects in which `ignored` occurs are left out. */
export function recorder(ignored: string): Recorder {
  let objects: ReportedObject[] = [];
  let reread = false;
  return {
    change({ method, body }, answer) {
      if (method !== 'WaitForUpdatesEx' || answer.status !== 200) return answer;
      // Without a version it is no poll: the answer is all there is.
      if (/<version>\s*<\/version>/u.test(body)) reread = true;
      else objects.push(...objectsIn(answer.body, ignored));
      return answer;
    },
    clear() {
      objects = [];
      reread = false;
    },
    read: () => ({ objects, reread }),
  };
}
