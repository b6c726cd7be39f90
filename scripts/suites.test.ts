import { expect, test } from 'vitest';
import { couldNotRun, countPlaywright, countVitest, summary } from './lib/suites.js';

const tried = { status: 'passed', assertionResults: [{}] };

test('a file that does not load counts as a failure, though none of its tests ran', () => {
  const report = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  const broken = { status: 'failed', assertionResults: [] };
  expect(countVitest({ ...report, testResults: [tried, broken] })).toEqual({ passed: 4, failed: 2, skipped: 3 });
});

test('the last line sums all suites, and a suite that could not run is a failure', () => {
  const journeys = countPlaywright({ stats: { expected: 9, flaky: 1, unexpected: 0, skipped: 0 } });
  expect(summary([{ ...journeys, problem: null }])).toBe('10 passed, 0 failed');
  const rules = { passed: 5, failed: 1, skipped: 2, problem: null };
  expect(summary([rules, { ...journeys, problem: null }, couldNotRun('no Chromium')])).toBe(
    '15 passed, 2 failed, 2 skipped',
  );
});
