import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LiveId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import { createAuth } from './adapters/auth/index.ts';
import { createFlags } from './adapters/flags/index.ts';
import { createLivekit } from './adapters/livekit/index.ts';
import { connectPostgres, createClock, isMigrated } from './adapters/postgres/index.ts';
import { composeFeatures } from './compose.ts';
import type { ServerSettings } from './config.ts';
import { pageFolder } from './folders.ts';
import { installationOf } from './installation.ts';
import {
  addressOf,
  createHttp,
  listenSecurely,
  operatorCheck,
  ownOrigin,
  registerHealth,
  registerPage,
  registerPictures,
  registerRoutes,
  registerSecurity,
  registerStills,
  trustsOf,
} from './transport/http/index.ts';
import { attachSignalling } from './transport/signalling/index.ts';
import { attachSockets } from './transport/socket/index.ts';
import { createUpgrades } from './transport/upgrades.ts';
import { registerWhip } from './transport/whip/index.ts';

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

/** Puts all parts together and listens. Tests start the same. */
export async function startApp({ settings, log, page = pageFolder }: AppOptions): Promise<App> {
  const { PUBLIC_URL: publicUrl } = settings;
  const postgres = connectPostgres(settings.DATABASE_APP_URL, (error) =>
    log.warn({ err: error }, 'a connection to PostgreSQL broke'),
  );
  const clock = await createClock(postgres, log);
  const auth = createAuth({ ...postgres, secret: settings.SECRET, secure: publicUrl.startsWith('https:') });
  const livekit = createLivekit({
    url: settings.LIVEKIT_URL,
    key: settings.LIVEKIT_KEY,
    secret: settings.LIVEKIT_SECRET,
  });
  const flags = await createFlags();
  const features = composeFeatures({ settings, postgres, clock, auth, livekit, flags, log });
  const isOwn = ownOrigin(publicUrl);

  const trusts = trustsOf(settings.TRUSTED_PROXIES);
  const http = await createHttp({ trusts, log });
  await registerSecurity(http, publicUrl);
  registerRoutes(http, {
    routes: features.routes,
    authenticate: (headers) => auth.authenticate(headers),
    isOperator: operatorCheck(settings.OPERATOR_KEY),
    ownOrigin: isOwn,
    log,
  });
  registerPictures(http, {
    recognise: auth.recognise,
    read: features.pictures.read,
  });
  registerStills(http, { recognise: auth.recognise, read: features.stills.read });
  let serving = false;
  registerHealth(http, installationOf(settings.SECRET), async () => serving && (await isMigrated(postgres.db)));

  const upgrades = createUpgrades(http.server);
  const sockets = attachSockets({
    ...features,
    upgrades,
    authenticate: ({ headers }) => auth.recognise(headers),
    actorsOf: auth.actorsOf,
    ownOrigin: ({ headers }) => isOwn(headers),
    addressOf: (request) => addressOf(request, trusts),
    now: clock.now,
    log,
  });
  const signalling = await attachSignalling({
    http,
    upgrades,
    door: features.lives.signalling,
    authenticate: auth.recognise,
    ownOrigin: isOwn,
    livekitUrl: livekit.url,
    isSigned: livekit.isSigned,
    hint: (room) => features.lives.lookAtMedia(LiveId.safeParse(room).data ?? null),
    log,
  });
  await registerWhip(http, { door: features.lives.encoderDoor, livekitUrl: livekit.url, log });
  await registerPage(http, page);
  await features.start(sockets);
  await http.listen({ host: settings.HOST, port: settings.PORT });
  const secure = await openSecurely(http.server, settings, log);
  serving = true;

  return {
    url: urlOf(http.server.address()),
    firstLink: async () => {
      const token = await features.accounts.firstLink();
      return token && new URL(`/first/${token}`, publicUrl).href;
    },
    async close() {
      serving = false;
      await sockets.close();
      signalling.close();
      await secure?.close();
      await http.close();
      await features.close();
      clock.close();
      await postgres.close();
    },
  };
}

async function openSecurely(server: Server, settings: ServerSettings, log: Logger) {
  const { HTTPS_HOST: host = settings.HOST, HTTPS_PORT: port, HTTPS_CERT: cert, HTTPS_KEY: key } = settings;
  return port > 0 && cert && key ? listenSecurely(server, { host, port, cert, key, log }) : null;
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
