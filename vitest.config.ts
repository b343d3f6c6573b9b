import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/*/src/**/*.test.ts',
      'e2e/src/**/*.test.ts',
      'simulation/src/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    // Tests wait for conditions: these only end what hangs, on a loaded machine, too.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
