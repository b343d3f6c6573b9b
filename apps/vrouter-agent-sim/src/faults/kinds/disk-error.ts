import { z } from 'zod';
import { DISK_CALLS, diskError } from '../disk/disk-fault.ts';
import { defineFault } from '../fault.ts';

const TEXTS = {
  EIO: 'i/o error',
  EACCES: 'permission denied',
  EROFS: 'read-only file system',
  EDQUOT: 'disk quota exceeded',
} as const;

/** Calls that change the disk fail with `code`, EIO unless said otherwise. */
export const diskErrorFault = defineFault(
  'disk-error',
  z.strictObject({ code: z.enum(['EIO', 'EACCES', 'EROFS', 'EDQUOT']).default('EIO') }),
  ({ code }) => ({
    disk: {
      calls: DISK_CALLS,
      before: (call) => {
        throw diskError(code, TEXTS[code], call);
      },
    },
  }),
);
