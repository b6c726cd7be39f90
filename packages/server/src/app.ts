import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Logger } from 'pino';
import { createAuth } from './adapters/auth/index.ts';
import { createHub, createSignals } from './adapters/bus/index.ts';
import { createPictureFolder } from './adapters/files/index.ts';
import { connectPostgres, createClock, isMigrated } from './adapters/postgres/index.ts';
import type { ServerSettings } from './config.ts';
import { createAccounts } from './features/accounts/index.ts';
import { createGroups, membership } from './features/groups/index.ts';
import { createInvites } from './features/invites/index.ts';
import { createMessages } from './features/messages/index.ts';
import { createPictures } from './features/pictures/index.ts';
import {
  createHttp,
  ownOrigin,
  registerHealth,
  registerPage,
  registerPictures,
  registerRoutes,
  registerSecurity,
} from './transport/http/index.ts';

export interface AppOptions {
  readonly settings: ServerSettings;
  readonly log: Logger;
  /** Folder of the built page; without one there are only API and sockets. */
  readonly page?: string;
}

export interface App {
  /** Where it listens, as `http://host:port`. */
  readonly url: string;
  /** The first person's way in, while nobody owns the installation. */
  firstLink(): Promise<string | null>;
  /** Sends pages away to resume, finishes what was taken on, and lets go of everything. */
  close(): Promise<void>;
}

const builtPage = path.join(import.meta.dirname, '../../web/dist');

/** Puts all parts together and listens. Tests start the same. */
export async function startApp({ settings, log, page = builtPage }: AppOptions): Promise<App> {
  const { SECRET: secret, PUBLIC_URL: publicUrl } = settings;
  const postgres = connectPostgres(settings.DATABASE_APP_URL, (error) =>
    log.warn({ err: error }, 'a connection to PostgreSQL broke'),
  );
  const { db } = postgres;
  const clock = await createClock(postgres, log);
  const auth = createAuth({ db, secret, secure: publicUrl.startsWith('https:') });
  const hub = createHub(log);
  const signals = createSignals(log);

  const pictures = createPictures({
    db,
    files: createPictureFolder(path.join(settings.DATA_DIR, 'pictures')),
    log,
    isMember: async (group, user) => (await membership(db, group, user)) !== null,
  });
  const messages = createMessages({ db, hub, log, dropPicture: (picture) => pictures.drop(picture) });
  const running = { runningLives: async () => ({ version: 0, lives: [] }), viewers: () => ({}) };
  const groups = createGroups({ db, hub, signals, messages, pictures, running });
  const invites = createInvites({ db, secret, membersPerGroup: settings.MEMBERS_PER_GROUP, groups, messages });
  const accounts = createAccounts({ db, auth, secret, openSignUp: settings.OPEN_SIGN_UP, signals, pictures, invites });

  const http = await createHttp({ trustedProxies: settings.TRUSTED_PROXIES });
  await registerSecurity(http, publicUrl);
  registerRoutes(http, {
    routes: { ...accounts.routes, ...groups.routes, ...invites.routes, ...messages.routes, ...pictures.routes },
    authenticate: (headers) => auth.authenticate(headers),
    ownOrigin: ownOrigin(publicUrl),
    log,
  });
  registerPictures(http, {
    authenticate: (headers) => auth.authenticate(headers, false),
    read: (actor, picture, size) => pictures.read(actor, picture, size),
  });
  let serving = true;
  registerHealth(http, async () => serving && (await isMigrated(db)));
  await registerPage(http, page);
  await http.listen({ host: settings.HOST, port: settings.PORT });

  return {
    url: urlOf(http.server.address()),
    firstLink: async () => {
      const token = await accounts.firstLink();
      return token && new URL(`/first/${token}`, publicUrl).href;
    },
    async close() {
      serving = false;
      await http.close();
      await messages.close();
      groups.close();
      pictures.close();
      clock.close();
      await postgres.close();
    },
  };
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
