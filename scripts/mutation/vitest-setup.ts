import * as fc from 'fast-check';

// The same mutants are killed in each run, and none is killed slowly.
fc.configureGlobal({ seed: 1, endOnFailure: true });
