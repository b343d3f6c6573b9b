import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of one function, then of the whole core, then properties: what kills in the least time goes first. */
const SLOWNESS = [/\.property\.|\.model\./, /agent-state|brake|table/];

class FastestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const slow = SLOWNESS.findIndex((pattern) => pattern.test(moduleId));
      return slow === -1 ? 0 : SLOWNESS.length - slow;
    };
    return Promise.resolve(
      files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId)),
    );
  }
}

export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    setupFiles: ['scripts/mutation/vitest-setup.ts'],
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: FastestFirst },
  },
});
