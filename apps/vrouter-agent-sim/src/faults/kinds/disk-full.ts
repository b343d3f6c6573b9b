import { z } from 'zod';
import { diskError } from '../disk/disk-fault.ts';
import { defineFault } from '../fault.ts';

/** Calls that need space fail with ENOSPC; there is still room for the beginning of a file. */
export const diskFull = defineFault('disk-full', z.strictObject({}), () => ({
  disk: {
    calls: ['makeFolder', 'write', 'writeAt', 'link', 'openFile', 'stage'],
    isMidway: true,
    before: (call) => {
      throw diskError('ENOSPC', 'no space left on device', call);
    },
  },
}));
