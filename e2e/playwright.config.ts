import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: './journeys',
  testMatch: '*.journey.ts',
  // Browsers, media server and database share two cores: one journey at a time measures the product, not the queue.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: { actionTimeout: 10_000, navigationTimeout: 15_000 },
  outputDir: '../test-results/journeys',
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
});
