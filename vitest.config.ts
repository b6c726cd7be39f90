import { defineConfig } from 'vitest/config';

const tests = (folder: string) => [`${folder}/**/*.test.{ts,tsx}`];

export default defineConfig({
  test: {
    // Two cores are a small machine's; more workers would only wait for each other and for PostgreSQL.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { test: { name: 'protocol', include: tests('packages/protocol/src') } },
      { test: { name: 'web', include: tests('packages/web/src') } },
      {
        test: {
          name: 'server',
          include: tests('packages/server/src'),
          globalSetup: ['packages/server/src/testing/environment/setup.ts'],
        },
      },
      {
        test: {
          name: 'scripts',
          include: tests('scripts'),
          // Whole starts, some against the clock: after all others, and one at a time.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
  },
});
