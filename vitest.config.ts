import { defineConfig } from 'vitest/config';

const tests = (folder: string) => [`${folder}/**/*.test.{ts,tsx}`];

// They publish from a real browser to a real media server and mostly wait for clocks: when the others are done, two at a time.
const studio = ['lives', 'media', 'hosting', 'stage', 'encoder', 'media/revocation', 'starting', 'rollout'].map(
  (name) => {
    const [feature, file = feature] = name.split('/');
    return `packages/server/src/features/${feature}/${file}.test.ts`;
  },
);
const setup = ['packages/server/src/testing/environment/setup.ts'];

export default defineConfig({
  test: {
    // Two cores are a small machine's; more workers would only wait for each other and for PostgreSQL.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { test: { name: 'protocol', include: tests('packages/protocol/src') } },
      { test: { name: 'web', include: tests('packages/web/src') } },
      { test: { name: 'simulator', include: tests('packages/simulator/src') } },
      {
        test: {
          name: 'server',
          include: tests('packages/server/src'),
          exclude: studio,
          globalSetup: setup,
        },
      },
      {
        test: { name: 'studio', include: studio, globalSetup: setup, sequence: { groupOrder: 1 } },
      },
      {
        test: {
          name: 'scripts',
          include: [...tests('scripts'), ...tests('e2e/fuzz')],
          // Whole starts, some against the clock: after all others, and one at a time.
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'faults',
          include: tests('e2e/faults'),
          // A crowd against the clock: alone.
          sequence: { groupOrder: 3 },
          maxWorkers: 1,
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
