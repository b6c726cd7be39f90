import { isIP } from 'node:net';
import { z } from 'zod';

const flag = z.enum(['yes', 'no']).transform((value) => value === 'yes');
const port = z.coerce.number().int().min(0).max(65_535);
/** An address, or a network as address and number of bits. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  return (
    most !== undefined && more.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
  );
}
const count = z.coerce.number().int();

/**
 * Everything that can be set, by environment variables of these names. Help and `docs/configuration.md` are made from
 * it; nothing else reads the environment.
 */
export const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. Loopback unless told otherwise.'),
  PORT: port.default(8080).describe('The one port for page, API, sockets and signalling. 0 takes a free one.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address people type, when it is not http://HOST:PORT. Needed behind a proxy.'),
  HTTPS_HOST: z.string().optional().describe('Address to listen on for https. HOST unless told otherwise.'),
  HTTPS_PORT: port.default(0).describe('Port for https, with HTTPS_CERT and HTTPS_KEY. 0: off.'),
  HTTPS_CERT: z
    .string()
    .optional()
    .describe('File with the certificate and its chain, as PEM. Read anew when it changes.'),
  HTTPS_KEY: z.string().optional().describe('File with its private key, as PEM.'),
  ACME_EMAIL: z
    .email()
    .optional()
    .describe(
      'Gets a certificate for PUBLIC_URL by itself and renews it; the terms of who issues it are accepted by setting this.',
    ),
  ACME_DIRECTORY: z
    .url({ protocol: /^https$/ })
    .default('https://acme-v02.api.letsencrypt.org/directory')
    .describe('Who issues the certificate.'),
  ACME_HTTP_PORT: port
    .default(80)
    .describe('Port at which the issuer looks for the answer; from outside it must be port 80 of PUBLIC_URL.'),
  TRUSTED_PROXIES: z
    .string()
    .refine(
      (text) => text.split(',').every((part) => part.trim() === '' || isNetwork(part.trim())),
      'must be addresses or networks such as 10.0.0.0/8, separated by commas',
    )
    .default('')
    .describe('Addresses or networks, separated by commas, whose X-Forwarded-For is believed.'),
  DATA_DIR: z
    .string()
    .optional()
    .describe('Where database, pictures and secrets are kept. For root /var/lib/groupcast, else ./data.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('A PostgreSQL of your own (a role that owns the schema and may create roles) instead of the one inside.'),
  DATABASE_APP_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('The role the server works as, when it is not to be made from DATABASE_URL.'),
  SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('32 characters or more that sign sessions and invites. Made at first start when not given.'),
  LIVEKIT_URL: z
    .url({ protocol: /^(ws|http)s?$/ })
    .optional()
    .describe('A LiveKit of your own, as ws:// or wss://, instead of the one inside. Only Groupcast may reach it.'),
  LIVEKIT_KEY: z.string().optional().describe('API key for LIVEKIT_URL.'),
  LIVEKIT_SECRET: z.string().optional().describe('API secret for LIVEKIT_URL.'),
  LIVEKIT_SERVER_BIN: z.string().optional().describe('Path of a livekit-server program to run.'),
  LIVEKIT_RELEASES_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Mirror of https://github.com/livekit/livekit/releases/download for machines that cannot reach it.'),
  MEDIA_ADDRESS: z
    .string()
    .refine((text) => isIP(text) === 4, 'must be an IPv4 address')
    .default('127.0.0.1')
    .describe('IP address at which browsers reach the media server.'),
  MEDIA_UDP_PORT: port.default(7882).describe('UDP port of picture and sound. 0 takes a free one.'),
  MEDIA_TCP_PORT: port.default(0).describe('TCP port for picture and sound through strict firewalls. 0: off.'),
  MEDIA_TURN_PORT: port
    .default(0)
    .describe(
      'UDP port of the TURN server inside, for viewers whose network lets little through; usually 3478. 0: off.',
    ),
  OPERATOR_KEY: z
    .string()
    .min(32)
    .optional()
    .describe('32 characters or more that open rehearsals (npm run simulate). Made at first start when not given.'),
  OPEN_SIGN_UP: flag.default(false).describe('yes: anybody may make an account without an invite.'),
  LIVES_PER_GROUP: count.min(1).max(20).default(3).describe('Lives at a time in one group.'),
  GRACE_SECONDS: count.min(1).max(600).default(180).describe('How long a live waits for a host whose line dropped.'),
  PREPARE_SECONDS: count
    .min(1)
    .max(600)
    .default(60)
    .describe('How long a host may take from Go live to the first picture.'),
  LIVE_HOURS: z.coerce.number().positive().max(48).default(8).describe('Longest duration of a live.'),
  MEMBERS_PER_GROUP: count.min(2).max(100_000).default(2_000).describe('Most members of one group.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('What is logged.'),
});

export type Settings = z.infer<typeof settings>;

type Environment = Readonly<Record<string, string | undefined>>;
export type Read<T> = { readonly ok: true; readonly settings: T } | { readonly ok: false; readonly problem: string };

/**
 * What an operator has set, or one sentence about the first thing that is wrong. Empty values count as not set. `named`
 * were given to us and nobody else, as arguments: each of them must be a setting.
 */
export function readSettings(env: Environment, named: readonly string[] = []): Read<Settings> {
  const misspelt = misspeltIn(env, named);
  if (misspelt) return { ok: false, problem: misspelt };
  const read = parse(settings, env);
  if (!read.ok) return read;
  const problem = halfSet(read.settings) ?? weakIn(read.settings);
  return problem ? { ok: false, problem } : read;
}

/** What the server itself needs: the supervisor has filled in everything that it made or found. */
const serverSettings = settings.required({
  PUBLIC_URL: true,
  DATA_DIR: true,
  DATABASE_APP_URL: true,
  SECRET: true,
  LIVEKIT_URL: true,
  LIVEKIT_KEY: true,
  LIVEKIT_SECRET: true,
  OPERATOR_KEY: true,
});
export type ServerSettings = z.infer<typeof serverSettings>;

/** The same for the server's own start. */
export const readServerSettings = (env: Environment): Read<ServerSettings> => parse(serverSettings, env);

/** Whether others than this machine's own people can come: then what is weak is refused. */
export function isPublic({ HOST, PUBLIC_URL }: Pick<Settings, 'HOST' | 'PUBLIC_URL'>): boolean {
  return !isLoopback(HOST) || (PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname));
}

export const isLoopback = (host: string): boolean => /^(localhost|.*\.localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(host);

function parse<T extends z.ZodObject>(schema: T, env: Environment): Read<z.infer<T>> {
  const set = Object.fromEntries(Object.entries(env).filter(([name, value]) => name in schema.shape && value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return { ok: true, settings: parsed.data };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0]);
  const [, field] = Object.entries(settings.shape).find(([key]) => key === name) ?? [];
  const why = issue?.message.replace(/^Invalid input: /, '') ?? 'invalid';
  const problem = `${name} is not usable (${why}). It means: ${field?.description ?? ''} See npm start -- --help.`;
  return { ok: false, problem };
}

/** A name that is nearly one of ours is a slip, and would otherwise be passed over in silence. */
function misspeltIn(env: Environment, named: readonly string[]): string | null {
  const known = Object.keys(settings.shape);
  for (const name of Object.keys(env).filter((other) => !(other in settings.shape))) {
    const meant = known.find((other) => other.includes('_') && slips(name, other) <= 2);
    if (meant && name.includes('_')) return `${name} is no setting; did you mean ${meant}? See npm start -- --help.`;
    if (named.includes(name)) return `${name} is no setting. See npm start -- --help.`;
  }
  return null;
}

/** Edit distance of two names, apart from underscores and case. */
function slips(one: string, other: string): number {
  const plain = (name: string) => [...name.toUpperCase().replaceAll('_', '')];
  const [a, b] = [plain(one), plain(other)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, against] of b.entries())
      next.push(Math.min((row[j] ?? 0) + (letter === against ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row.at(-1) ?? 0;
}

function halfSet(set: Settings): string | null {
  if (set.LIVEKIT_URL && !(set.LIVEKIT_KEY && set.LIVEKIT_SECRET))
    return 'LIVEKIT_URL is set without LIVEKIT_KEY and LIVEKIT_SECRET; set all three, or none of them.';
  if (set.ACME_EMAIL && !set.PUBLIC_URL?.startsWith('https:'))
    return 'ACME_EMAIL is set without a PUBLIC_URL that begins with https://; set both, or neither.';
  if (set.HTTPS_PORT > 0 && !set.ACME_EMAIL && !(set.HTTPS_CERT && set.HTTPS_KEY))
    return 'HTTPS_PORT is set without HTTPS_CERT and HTTPS_KEY; set all three, or none of them.';
  if (set.DATABASE_APP_URL && !set.DATABASE_URL)
    return 'DATABASE_APP_URL is set without DATABASE_URL; set DATABASE_URL to the role that owns the schema.';
  return null;
}

/** A secret somebody typed to get on guards a public installation as little as none. */
function weakIn(set: Settings): string | null {
  if (!isPublic(set)) return null;
  const ways = '32 random characters or more, as from: openssl rand -base64 33';
  if (set.SECRET !== undefined && isWeak(set.SECRET))
    return `SECRET is too weak for an installation that others can reach; leave it out and one is made, or take ${ways}`;
  if (set.OPERATOR_KEY !== undefined && isWeak(set.OPERATOR_KEY))
    return `OPERATOR_KEY is too weak for an installation that others can reach; leave it out and one is made, or take ${ways}`;
  if (set.LIVEKIT_SECRET !== undefined && isWeak(set.LIVEKIT_SECRET))
    return `LIVEKIT_SECRET is too weak for an installation that others can reach; give your LiveKit ${ways}`;
  return null;
}

const isWeak = (secret: string): boolean =>
  secret.length < 32 || new Set(secret).size < 12 || /secret|password|changeme|example|12345|groupcast/i.test(secret);
