import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two for each core of the smallest machine: commands and real time are waited for more than computed with.
    maxWorkers: 4,
    include: ['test/**/*.test.ts'],
    // A user's project: it sees the package as it is installed, in `npm run check-package`.
    exclude: ['test/package/consumer/**'],
    setupFiles: ['test/support/property-seed.ts'],
    // The native core of Pact, and tests that take ports, want processes of their own.
    pool: 'forks',
    testTimeout: 30_000,
  },
});
