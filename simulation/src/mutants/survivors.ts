/** Mutants that no run can catch, and why that is so; they are run all the same, and may be caught one day. */
export const SURVIVORS: Readonly<Record<string, string>> = {};
