import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tables before properties: what kills most in the least time goes first. */
class PropertiesLast extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isSlow = ({ moduleId }: TestSpecification): number => Number(moduleId.includes('.property.'));
    return Promise.resolve(
      files.toSorted((a, b) => isSlow(a) - isSlow(b) || a.moduleId.localeCompare(b.moduleId)),
    );
  }
}

export default defineConfig({
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    setupFiles: ['scripts/mutation/vitest-setup.ts'],
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: PropertiesLast },
  },
});
