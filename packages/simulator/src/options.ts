import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OperatorFailure } from './operator.ts';
import { anySeed } from './random.ts';

const whole = (most: number, least = 0) => z.coerce.number().int().min(least).max(most);

const Options = z.object({
  viewers: whole(10_000, 1).default(500),
  lives: whole(1_000, 1).default(1),
  comments: z.coerce.number().min(0).max(10_000).default(100),
  likes: z.coerce.number().min(0).max(200_000).default(5_000),
  seconds: whole(86_400, 1).default(30),
  seed: whole(2 ** 31 - 1).default(anySeed),
  url: z.url({ protocol: /^https?$/ }).optional(),
  key: z.string().optional(),
  json: z.string().default('simulation.json'),
  'yes-this-is-my-server': z.boolean().default(false),
});

export interface SimulationOptions {
  readonly url: string;
  readonly key: string;
  readonly viewers: number;
  readonly lives: number;
  /** A second, all viewers together. */
  readonly comments: number;
  readonly likes: number;
  readonly seconds: number;
  readonly seed: number;
  readonly json: string;
}

export const helpText = `npm run simulate -- [options]: plays an audience against a running Groupcast and checks that nothing is lost.

  --viewers N       people who watch, shared among the lives; each comments and likes too (500)
  --lives N         lives at the same time (1)
  --comments N      comments a second, all together (100; a person may send 20 in 30 seconds)
  --likes N         taps a second, all together (5000; of a person 20 a second count)
  --seconds N       how long (30)
  --url URL         the installation; left out: the one that runs on this machine, found by its data folder (DATA_DIR)
  --key KEY         its operator key, or OPERATOR_KEY; left out: read from this machine's data folder
  --yes-this-is-my-server   needed for an address that is not this machine
  --seed N          repeats the choices of an earlier run
  --json FILE       where figures and verdict are written (simulation.json)

The people are minted for the rehearsal in a group of their own, and removed at the end. Exit code 0: nothing was lost.
`;

/** What was asked for, or `OperatorFailure` with a sentence about what is wrong. Null: help was asked for. */
export function readOptions(args: readonly string[], env: Readonly<NodeJS.ProcessEnv>): SimulationOptions | null {
  const values = parse(args);
  if (values['help']) return null;
  const read = Options.safeParse(values);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new OperatorFailure(`--${String(issue?.path[0])} is not usable: ${issue?.message}. See --help.`);
  }
  const { url, key = env['OPERATOR_KEY'], 'yes-this-is-my-server': mine, ...rest } = read.data;
  const here = url && key ? null : readHere(env);
  const at = url ?? here?.url;
  if (!at)
    throw new OperatorFailure(
      'No Groupcast runs on this machine, as far as its data folder says: give --url and --key.',
    );
  if (!mine && !isLoopback(new URL(at).hostname))
    throw new OperatorFailure(
      `${at} is not this machine. A simulation is a load: against a server of yours, say --yes-this-is-my-server.`,
    );
  const opener = key ?? here?.key;
  if (!opener) throw new OperatorFailure(`No operator key for ${at}: give --key, or set OPERATOR_KEY.`);
  return { ...rest, url: at, key: opener };
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(host);

function parse(args: readonly string[]): Record<string, unknown> {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const names = ['viewers', 'lives', 'comments', 'likes', 'seconds', 'seed', 'url', 'key', 'json'];
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...Object.fromEntries(names.map((name) => [name, text])),
        'yes-this-is-my-server': flag,
        help: { ...flag, short: 'h' },
      },
    });
    return values;
  } catch (cause) {
    throw new OperatorFailure(`${cause instanceof Error ? cause.message : cause} See --help.`, { cause });
  }
}

const Running = z.object({ url: z.string() });
const Secrets = z.object({ operatorKey: z.string() });

/** The installation of this machine's data folder, when it runs. */
function readHere(env: Readonly<NodeJS.ProcessEnv>): { url: string; key: string } | null {
  const folder = env['DATA_DIR'] ?? (process.getuid?.() === 0 ? '/var/lib/groupcast' : join(process.cwd(), 'data'));
  const running = read(join(folder, 'running.json'), Running);
  const secrets = read(join(folder, 'secrets.json'), Secrets);
  return running && secrets && { url: running.url, key: secrets.operatorKey };
}

function read<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
