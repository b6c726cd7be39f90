import { spawn } from 'node:child_process';

/** @typedef {{ code: number | null, said: string }} Outcome */

/**
 * Runs a program to its end and keeps its last words; it ends when we end before it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options
 * @returns {Promise<Outcome>} rejects when it cannot be run at all
 */
export function runTool(program, args, { cwd, env = process.env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const end = () => void child.kill();
    process.once('exit', end);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said = `${said}${chunk}`.slice(-8_000);
      });
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      resolve({ code, said: said.trim() });
    });
  });
}

/**
 * The end of what a program said, in one line.
 * @param {string} said
 * @param {number} lines
 */
export function lastWords(said, lines) {
  return said.split('\n').slice(-lines).join(' / ');
}
