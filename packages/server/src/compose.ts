import path from 'node:path';
import type { ApiName, GroupId, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Auth } from './adapters/auth/index.ts';
import { createHub, createSignals } from './adapters/bus/index.ts';
import { createPictureFolder } from './adapters/files/index.ts';
import type { Flags } from './adapters/flags/index.ts';
import { createJobs } from './adapters/jobs/index.ts';
import type { Livekit } from './adapters/livekit/index.ts';
import type { Clock, Postgres } from './adapters/postgres/index.ts';
import type { ServerSettings } from './config.ts';
import { type Accounts, createAccounts } from './features/accounts/index.ts';
import { createAudit } from './features/audit/index.ts';
import type { Commands, Routes } from './features/core/index.ts';
import { createEncoder, type Encoder } from './features/encoder/index.ts';
import { createGroups, membership } from './features/groups/index.ts';
import { createInvites } from './features/invites/index.ts';
import { createLives, type Lives, type LivesTerms } from './features/lives/index.ts';
import { createMessages } from './features/messages/index.ts';
import { createMutes } from './features/mutes/index.ts';
import { createPictures, type Pictures } from './features/pictures/index.ts';
import { createRehearsals } from './features/rehearsals/index.ts';
import { createRollouts, type Rollouts } from './features/rollout/index.ts';
import { createRoom, type RoomFeature } from './features/room/index.ts';
import { createStage, type StageFeature } from './features/stage/index.ts';
import { createStarting } from './features/starting/index.ts';
import { createStills } from './features/stills/index.ts';
import { type FeatureCommand, type Sockets, textFrame } from './transport/socket/index.ts';

export interface Ground {
  readonly settings: ServerSettings;
  readonly postgres: Postgres;
  readonly clock: Clock;
  readonly auth: Auth;
  readonly livekit: Livekit;
  readonly flags: Flags;
  readonly log: Logger;
}

/** After a start hosts have this long to come back, whatever fell due while we were away (design: 60 s). */
const returnMs = 60_000;
/** Long enough to find OBS, paste the key, and start. */
const prepareByEncoderMs = 15 * 60_000;

/** Makes the features and lets them know of each other. */
export function composeFeatures({ settings, postgres, clock, auth, livekit, flags, log }: Ground) {
  const { db, pool, questions } = postgres;
  const secret = settings.SECRET;
  const hub = createHub(log, textFrame);
  const signals = createSignals(log);
  const jobs = createJobs(postgres, log);

  const pictures: Pictures = createPictures({
    db,
    files: createPictureFolder(path.join(settings.DATA_DIR, 'pictures')),
    log,
    isMember: async (group, user) => (await membership(db, group, user)) !== null,
  });
  const messages = createMessages({ db, hub, log, dropPicture: (picture) => pictures.drop(picture) });
  const encoder: Encoder = createEncoder({ db, secret, expel: (at) => lives.expelPage(at) });
  const rollouts: Rollouts = createRollouts({
    ...{ db, flags, log },
    clock: () => performance.now(),
    turnOff: () => lives.endEverywhere(),
  });
  const rolledOut = (user: UserId, group: GroupId) => rollouts.bar('group-live', user, group);
  const lives: Lives = createLives({
    db,
    now: postgres.now,
    publish: hub.publish,
    tell: hub.tell,
    signals,
    jobs,
    ...livekit,
    terms: termsOf(settings),
    rolledOut,
    encoderPage: encoder.pageOf,
    encoderOf: encoder.ownerOf,
    announce: messages.announce,
    handIn: (live) => room.settle(live),
    log,
  });
  const stage: StageFeature = createStage({
    ...{ db, questions, signals, log },
    now: clock.now,
    tell: hub.tell,
    access: lives.liveAccess,
    show: (live, staged) => room.showStage(live, staged),
    isInRoom: (live, user, page) => room.isThere(live, user, page),
    agree: lives.agree,
  });
  const room: RoomFeature = createRoom({
    db,
    pool,
    questions,
    hub,
    signals,
    clock,
    log,
    readLive: lives.readLive,
    readStage: stage.read,
    runningLives: (group) => lives.runningLives(group, null),
    recount: lives.commentDeleted,
  });
  const running = { runningLives: lives.runningLives, viewers: room.groupViewers, endLives: lives.endGroup };
  const groups = createGroups({ db, hub, signals, messages, pictures, running });
  const invites = createInvites({ db, secret, membersPerGroup: settings.MEMBERS_PER_GROUP, groups, messages });
  const openSignUp = settings.OPEN_SIGN_UP;
  const accounts: Accounts = createAccounts({ db, auth, secret, openSignUp, signals, pictures, invites });

  const starting = createStarting({ db, rolledOut, announce: messages.announce, changed: groups.changed });
  const mutes = createMutes({
    ...{ db, tell: hub.tell, access: lives.liveAccess },
    helpers: async (live) => (await stage.read(live)).stage.helpers,
  });
  const audit = createAudit({ db, roleIn: (group, user) => membership(db, group, user) });
  const stills = createStills({ db, signals, access: lives.liveAccess, log });
  const rehearsals = createRehearsals({ db, signals, mint: auth.mint, log });

  const routes: Routes<ApiName> = {
    ...accounts.routes,
    ...groups.routes,
    ...invites.routes,
    ...messages.routes,
    ...pictures.routes,
    ...lives.routes,
    ...encoder.routes,
    ...stills.routes,
    ...rollouts.routes,
    ...starting.routes,
    ...audit.routes,
    ...rehearsals.routes,
  };
  const commands: Commands<FeatureCommand> = {
    ...messages.commands,
    ...lives.commands,
    ...stage.commands,
    ...room.commands,
    ...mutes.commands,
  };
  const doors = { group: room.watched(groups.groupDoor), live: room.door, me: groups.meDoor };

  /** After the sockets are closed: what was taken on is written before the database is let go. */
  async function close(): Promise<void> {
    rehearsals.close();
    rollouts.close();
    stills.close();
    stage.close();
    lives.close();
    await jobs.close();
    await room.close();
    await messages.close();
    groups.close();
    pictures.close();
  }

  /** Takes up what was going on before this process. */
  async function start(pages: Sockets): Promise<void> {
    await rollouts.start();
    await lives.start(pages);
    await stage.start(pages);
  }

  return { hub, signals, routes, commands, doors, accounts, lives, pictures, stills, start, close };
}

const termsOf = (settings: ServerSettings): LivesTerms => ({
  livesPerGroup: settings.LIVES_PER_GROUP,
  graceMs: settings.GRACE_SECONDS * 1_000,
  prepareMs: settings.PREPARE_SECONDS * 1_000,
  prepareByEncoderMs,
  limitMs: settings.LIVE_HOURS * 60 * 60 * 1_000,
  returnMs,
});
