import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/property-seed.ts'],
    // The native core of Pact, and tests that take ports, want processes of their own.
    pool: 'forks',
    testTimeout: 30_000,
  },
});
