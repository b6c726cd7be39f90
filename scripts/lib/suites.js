import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.js';

/** @typedef {{ passed: number, failed: number, skipped: number, problem: string | null }} Count */

/**
 * Everything that is not a browser's journey.
 * @param {string} node
 * @param {string} folder for its report
 */
export async function runVitest(node, folder) {
  const report = join(folder, 'vitest.json');
  const args = [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await watch(node, args, process.env);
  return readReport('vitest', code, report, countVitest);
}

/**
 * The journeys, in real browsers.
 * @param {string} node
 * @param {string} folder for its report
 * @param {string} chromium
 */
export async function runPlaywright(node, folder, chromium) {
  const report = join(folder, 'playwright.json');
  const env = { ...process.env, CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const code = await watch(node, [join(root, 'node_modules/@playwright/test/cli.js'), 'test', '-c', 'e2e'], env);
  return readReport('Playwright', code, report, countPlaywright);
}

/**
 * A suite whose files do not even load has no failed test, and is a failure all the same.
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} report
 */
export function countVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests };
}

/** @param {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} report */
export function countPlaywright({ stats: { expected, flaky, unexpected, skipped } }) {
  return { passed: expected + flaky, failed: unexpected, skipped };
}

/**
 * @template T
 * @param {string} name
 * @param {number | null} code
 * @param {string} file
 * @param {(report: T) => Omit<Count, 'problem'>} count
 * @returns {Count}
 */
function readReport(name, code, file, count) {
  if (!existsSync(file)) return couldNotRun(`${name} could not run (exit code ${code}); what it said is above.`);
  const counted = count(JSON.parse(readFileSync(file, 'utf8')));
  if (code !== 0 && counted.failed === 0)
    return {
      ...counted,
      failed: 1,
      problem: `${name} ended with ${code} though no test failed; what it said is above.`,
    };
  return { ...counted, problem: null };
}

/**
 * @param {string} problem
 * @returns {Count}
 */
export const couldNotRun = (problem) => ({ passed: 0, failed: 1, skipped: 0, problem });

/** @param {readonly Count[]} counts */
export function summary(counts) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ what) =>
    counts.reduce((total, count) => total + count[what], 0);
  const skipped = sum('skipped');
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | null>}
 */
function watch(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
}
