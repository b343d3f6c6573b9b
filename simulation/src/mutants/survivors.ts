/** Mutants that no run can catch, and why that is so; they are run all the same, and may be caught one day. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'after a sync nothing is added again':
    'the same program: when the sync is sent, its epoch begins and all ports are filed anew, so that doing it once more ' +
    'at the answer changes only which adds travel together',
  'late adds are forgotten':
    'hidden by the add of the newest record, which follows. It matters to a real agent only, which keeps the first record ' +
    'it gets, and only when an add that was given up arrives in the milliseconds between a delete and the next add',
  'forget what still may be there':
    'the same program: what the agent may hold makes a delete, and the question is asked only where there is nothing to do',
  'a torn record is not cut':
    'hidden by the next record, which is written over the torn one; what may be left of a longer one is a damaged line, ' +
    'which reading sets aside',
  'a new journal is not flushed':
    'nearly the same program: its snapshot was flushed before, and the next record flushes with itself what came while it ' +
    'was written; the power would have to go between these two',
  'a failed transaction is not taken back':
    'hidden by the plugin, which asks again for what was refused, so that what is left half done is written over; errors ' +
    'at each single call are the matter of port-files.fault.test.ts',
};
