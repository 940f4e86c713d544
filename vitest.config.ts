import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

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
    // A process takes one file after the other and keeps its modules: compiling every contract anew for each file took
    // more than half of the time. No module of ours keeps anything that a test could leave behind for another.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // These end what hangs. How fast a machine is, is nothing that a test may say anything about.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
