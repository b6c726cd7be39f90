import { z } from 'zod';

const flag = z.enum(['yes', 'no']).transform((value) => value === 'yes');
const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int();

/**
 * Everything that can be set, by environment variables of these names. Help and `docs/configuration.md` are made from
 * it; nothing else reads the environment.
 */
export const settings = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. Loopback unless told otherwise.'),
  PORT: port.default(8080).describe('The one port for page, API, sockets and signalling. 0 takes a free one.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe('Address people type, when it is not http://HOST:PORT. Needed behind a proxy.'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .describe('Addresses or networks, separated by commas, whose X-Forwarded-For is believed.'),
  DATA_DIR: z
    .string()
    .optional()
    .describe('Where database, pictures and secrets are kept. For root /var/lib/groupcast, else ./data.'),
  DATABASE_URL: z
    .url()
    .optional()
    .describe('A PostgreSQL of your own (a role that owns the schema and may create roles) instead of the one inside.'),
  DATABASE_APP_URL: z
    .url()
    .optional()
    .describe('The role the server works as, when it is not to be made from DATABASE_URL.'),
  SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('32 characters or more that sign sessions and invites. Made at first start when not given.'),
  LIVEKIT_URL: z.url().optional().describe('A LiveKit of your own, as ws:// or wss://, instead of the one inside.'),
  LIVEKIT_KEY: z.string().optional().describe('API key for LIVEKIT_URL.'),
  LIVEKIT_SECRET: z.string().optional().describe('API secret for LIVEKIT_URL.'),
  LIVEKIT_SERVER_BIN: z.string().optional().describe('Path of a livekit-server program to run.'),
  MEDIA_ADDRESS: z.string().default('127.0.0.1').describe('IP address at which browsers reach the media server.'),
  MEDIA_UDP_PORT: port.default(7882).describe('UDP port of picture and sound. 0 takes a free one.'),
  MEDIA_TCP_PORT: port.default(0).describe('TCP port for picture and sound through strict firewalls. 0: off.'),
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
