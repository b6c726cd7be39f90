import { readSettings } from '../../packages/server/src/config.ts';
import { StartFailure } from './failure.js';

/** Settings given as arguments win over the environment. */
export function readArguments() {
  const flags = ['--dev', '--help', '-h'];
  const args = process.argv.slice(2);
  const lan = args.find((arg) => /^--lan(=|$)/.test(arg));
  const given = args.filter((arg) => !flags.includes(arg) && arg !== lan).map(readArgument);
  const read = readSettings(
    { ...process.env, ...Object.fromEntries(given) },
    given.map(([name]) => name),
  );
  if (!read.ok) throw new StartFailure(read.problem);
  return {
    settings: read.settings,
    dev: args.includes('--dev'),
    help: args.includes('--help') || args.includes('-h'),
    lan: lan === undefined ? null : { address: lan.split('=')[1] || null },
  };
}

/**
 * @param {string} arg
 * @returns {[name: string, value: string]}
 */
function readArgument(arg) {
  const [, name, value] = /^([A-Z][A-Z_]*)=(.*)$/s.exec(arg) ?? [];
  if (name && value !== undefined) return [name, value];
  throw new StartFailure(`${arg} is no option; settings are given as NAME=value. See npm start -- --help.`);
}
