import { randomUUID } from 'node:crypto';
import {
  type GroupEntry,
  type GroupId,
  type Live,
  LiveId,
  type PageId,
  type Role,
  type UserId,
} from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Jobs } from '../../adapters/jobs/index.ts';
import type { Db } from '../../adapters/postgres/index.ts';
import type { Commands, Publish, Routes, Signals, Tell } from '../core/index.ts';
import { ok, refuse, refused } from '../core/index.ts';
import { HostWatch, type Watched } from '../hosting/index.ts';
import {
  createMedia,
  type EncoderDoor,
  type MediaPage,
  type MediaServer,
  type MediaTokens,
  type SignallingDoor,
} from '../media/index.ts';
import { appendMessage, changeMessage } from '../messages/index.ts';
import { startDoor } from '../starting/index.ts';
import { createSummary } from '../summary/index.ts';
import { readAccess } from './access.ts';
import * as handlers from './handlers.ts';
import { neededBy } from './handlers.ts';
import { readMiscounted, readOverdue } from './overdue.ts';
import { readLive, readOpen, readOrphans, readState, runningLives } from './rows.ts';
import type { Deed } from './rules.ts';
import { createLiveStore, type StorePorts } from './store.ts';
import { fire, jobOf, tasksOf } from './timers.ts';
import { createTransitions } from './transitions.ts';

export interface LivesOptions {
  readonly db: Db;
  /** PostgreSQL's clock. */
  now(): Promise<number>;
  readonly publish: Publish;
  readonly tell: Tell;
  readonly signals: Signals;
  readonly jobs: Jobs;
  readonly server: MediaServer;
  readonly tokens: MediaTokens;
  readonly terms: LivesTerms;
  rolledOut: handlers.LivesPorts['rolledOut'];
  /** The page that stands for a person's encoder. */
  encoderPage(user: UserId): Promise<PageId>;
  /** Whose encoder has this key. */
  encoderOf(key: string): Promise<MediaPage | null>;
  /** Publishes entries of a group's chat after their commit. */
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  /** Hands in comments, likes and attendance still held for a live that has ended. */
  handIn(live: LiveId): Promise<void>;
  readonly log: Logger;
}

export interface LivesTerms {
  readonly livesPerGroup: number;
  readonly graceMs: number;
  readonly prepareMs: number;
  /** Somebody has yet to start a program, or to type the key into it. */
  readonly prepareByEncoderMs: number;
  readonly limitMs: number;
  /** After a start, hosts have at least this long to come back, whatever fell due while the server was away. */
  readonly returnMs: number;
}

/** Which pages have a socket open. */
interface Pages {
  pagesOf(user: UserId): ReadonlySet<PageId>;
}

export interface Lives {
  readonly commands: Commands<
    | 'live.prepare'
    | 'live.prepareByEncoder'
    | 'live.onAir'
    | 'live.cancel'
    | 'live.end'
    | 'live.return'
    | 'live.beat'
    | 'media.join'
  >;
  readonly routes: Routes<'live' | 'summary'>;
  readonly signalling: SignallingDoor;
  readonly encoderDoor: EncoderDoor;
  /** A group's lives that run, with `viewer`'s own that is being prepared. */
  runningLives(group: GroupId, viewer: UserId | null): Promise<{ readonly version: number; readonly lives: Live[] }>;
  /** A live as this person may know it, with their role in its group; null: for them there is none. */
  liveAccess(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  /** Whatever there is, whoever asks: for the server's own use. */
  readLive(live: LiveId): Promise<Live | null>;
  /** To be called after a comment was taken away: an ended live's numbers follow. */
  commentDeleted(live: LiveId): Promise<void>;
  /** Ends all that runs, by the operator's will. */
  endEverywhere(): Promise<void>;
  /** Ends all that runs in a group, before the group is deleted. */
  endGroup(group: GroupId): Promise<void>;
  /** Makes a live's media room what PostgreSQL says of it now. */
  agree(live: LiveId): Promise<void>;
  /** What this page sends, in whatever live, is taken away. */
  expelPage(at: MediaPage): Promise<void>;
  /** A hint that something happened at the media server; it is looked at soon. */
  lookAtMedia(live: LiveId | null): void;
  /** Takes up what was going on before this process, and begins to watch and to work off timers. */
  start(pages: Pages): Promise<void>;
  close(): void;
}

/** Lives: their rules, hosts, media and numbers (SPEC LV, MD, SU). */
export function createLives(options: LivesOptions): Lives {
  const { db, now, publish, tell, signals, jobs, server, tokens, terms, announce, handIn, log } = options;
  const liveAccess: Lives['liveAccess'] = (live, user) => readAccess(db, live, user);
  let pages: Pages = { pagesOf: () => new Set() };

  const store = createLiveStore(db, storePorts(jobs), terms);
  const media = createMedia({ db, server, tokens, log, now, access: liveAccess, encoderOf: options.encoderOf });
  const watch = new HostWatch({
    clock: () => performance.now(),
    isPageOpen: (user, page) => pages.pagesOf(user).has(page),
    isConnected: ({ live, host, page }) => media.isConnected(live, { user: host, page }),
    isMediaAlive: () => media.isAlive(),
    isPublishing: (watched) => media.isPublishing(watched.live, pageOf(watched), neededBy(watched)),
    gone: (watched) => actOn(watched, { type: 'hostGone', page: watched.page, epoch: watched.epoch }),
    onAir: (watched) => actOn(watched, { type: 'onAir', by: watched.host, page: watched.page }),
    reconcile: async () => {
      await media.reconcile();
      for (const orphan of await readOrphans(db)) await act(orphan, { type: 'hostRemoved' });
      for (const timer of await readOverdue(db)) await fire({ act, settle: transitions.settle }, timer);
    },
    log,
  });
  const transitions = createTransitions({
    ...{ store, media, watch, publish, tell, signals, announce, handIn, terms, log },
  });
  const { act } = transitions;

  const ports: handlers.LivesPorts = {
    terms,
    access: liveAccess,
    state: (live) => readState(db, live),
    held: async (host) => {
      const [held] = await readOpen(db, { host });
      return held ? { live: held.live.id, state: held.state } : null;
    },
    prepare: async (wish, host, page) => {
      const prepared = await store.prepare({ ...wish, id: LiveId.parse(randomUUID()), host, page });
      if (refused(prepared)) return prepared;
      await taken(prepared.ok.live);
      return prepared;
    },
    act,
    rolledOut: options.rolledOut,
    encoderPage: options.encoderPage,
    grant: (pass) => media.grant(pass),
    isPublishing: (live, at, needed) => media.isPublishing(live, at, needed),
    isMediaAlive: () => media.isAlive(),
    isHostThere: (live) => watch.isThere(live),
    beat: (live, user, page) => watch.beat(live, user, page),
  };

  /** Acts on what the watch saw. When that was old, the watch is told what is. */
  async function actOn(watched: Watched, deed: Deed): Promise<void> {
    await act(watched.live, deed);
    if (!watch.holds(watched)) return;
    const [live, state] = [await readLive(db, watched.live), await readState(db, watched.live)];
    if (live && state) transitions.observe(live, state);
    else watch.forget(watched.live);
  }

  /** A live that was just prepared, by this command or by an earlier one that is repeated. */
  async function taken(live: Live): Promise<void> {
    const state = await readState(db, live.id);
    if (!state) return;
    transitions.observe(live, state);
    transitions.tellAbout(live);
  }

  async function takeUp(): Promise<void> {
    const atLeast = (await now()) + terms.returnMs;
    for (const { live } of await readOpen(db)) await act(live.id, { type: 'serverBack', atLeast });
    for (const { live, state } of await readOpen(db)) transitions.observe(live, state, true);
  }

  async function endAll(
    open: readonly { readonly live: Live }[],
    type: 'hostRemoved' | 'groupDeleted' | 'switchedOff',
  ) {
    for (const { live } of open) await act(live.id, { type });
  }

  const stops: (() => void)[] = [];
  function listen(): void {
    stops.push(
      signals.on('memberGone', async ({ group, user }) => {
        const removing = media.removeMember(group, user);
        await endAll(await readOpen(db, { group, host: user }), 'hostRemoved');
        await removing;
      }),
      signals.on('sessionsEnded', ({ user, sessions }) => media.removeSessions(user, sessions)),
      signals.on('groupDeleted', async ({ group }) => {
        for (const live of watch.of(group)) {
          watch.forget(live);
          await media.closeRoom(live);
        }
      }),
      media.onConnection((live) => watch.hint(live)),
    );
  }

  return {
    commands: {
      'live.prepare': (actor, command) => handlers.prepare(ports, actor, command),
      'live.prepareByEncoder': (actor, command) =>
        handlers.prepareByEncoder(ports, actor, { ...command, audioOnly: false }),
      'live.onAir': (actor, { live }) => handlers.reportOnAir(ports, actor, live),
      'live.cancel': (actor, { live }) => handlers.cancel(ports, actor, live),
      'live.end': (actor, command) => handlers.end(ports, actor, command),
      'live.return': (actor, command) => handlers.comeBack(ports, actor, command),
      'live.beat': (actor, { live }) => handlers.beat(ports, actor, live),
      ...media.commands,
    },
    routes: {
      live: async ({ actor, params }) => {
        const found = await liveAccess(params.live, actor.user);
        return found ? ok(found.live) : refuse('notFound');
      },
      ...createSummary(db, {
        access: liveAccess,
        settled: async (live) => (await transitions.settle(live)) ?? (await readLive(db, live)),
      }),
    },
    signalling: media.door,
    encoderDoor: media.encoderDoor,
    expelPage: (at) => media.expelPage(at),
    runningLives: (group, viewer) => runningLives(db, group, viewer),
    readLive: (live) => readLive(db, live),
    liveAccess,
    commentDeleted: (live) => transitions.recount(live),
    endEverywhere: async () => endAll(await readOpen(db), 'switchedOff'),
    endGroup: async (group) => endAll(await readOpen(db, { group }), 'groupDeleted'),
    agree: (live) => media.agree(live),
    lookAtMedia: (live) => watch.hint(live),
    async start(given) {
      pages = given;
      listen();
      await takeUp();
      for (const live of await readMiscounted(db)) await transitions.recount(live);
      // Jobs that begin (anew) may have left one locked behind; and rooms of lives that ended while nobody looked go.
      await jobs.start(tasksOf({ act, settle: transitions.settle }), () => watch.hint(null));
    },
    close() {
      for (const stop of stops) stop();
      watch.close();
      media.close();
    },
  };
}

const pageOf = ({ host, page }: { readonly host: UserId; readonly page: PageId }) => ({ user: host, page });

/** The chat and the jobs, as the store uses them inside its transactions. */
const storePorts = (jobs: Jobs): StorePorts => ({
  startDoor,
  async postCard(trx, group, author, card) {
    const message = await appendMessage(trx, {
      group,
      author,
      clientId: null,
      body: { kind: 'card', card },
      counts: true,
    });
    return { seq: message.seq, entry: { type: 'posted', seq: message.seq, message } };
  },
  changeCard: (trx, group, of, card) => changeMessage(trx, { group, of, body: { kind: 'card', card } }),
  setTimer: (trx, timer, at) => jobs.set(trx, jobOf(timer, at)),
});
