import { z } from 'zod';
import { DISK_CALLS } from '../disk/disk-fault.ts';
import { defineFault, type HttpFault } from '../fault.ts';

const HTTP_POINTS = ['before-apply', 'after-apply', 'after-answer'] as const;
const DISK_POINTS = ['before-call', 'after-call'] as const;

/** The process dies at once, as in a power cut: around a request, or around a call of the disk. */
export const crash = defineFault(
  'crash',
  z.strictObject({ at: z.enum([...HTTP_POINTS, ...DISK_POINTS]).default('before-apply') }),
  ({ at }, { crash: die }) => {
    if (at === 'before-call') return { disk: { calls: DISK_CALLS, before: die } };
    if (at === 'after-call') return { disk: { calls: DISK_CALLS, after: die } };
    return { http: crashAt(at, die) };
  },
);

function crashAt(at: (typeof HTTP_POINTS)[number], die: () => void): HttpFault {
  return async (next, { wire }) => {
    if (at !== 'before-apply') {
      const answer = await next();
      if (at === 'after-answer' && answer !== undefined) await wire.write(wire.bytesOf(answer));
    }
    die();
    wire.close();
    return undefined;
  };
}
