import type { LiveId, PageId, StageCommand, UserId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db, Questions } from '../../adapters/postgres/index.ts';
import { type Commands, ok, type PageActor, refused, type Signals, type Tell } from '../core/index.ts';
import { type StagePorts, toMember, want } from './handlers.ts';
import { decide, type Fact, follow, type Wish } from './rules.ts';
import { type Changed, createStageStore } from './store.ts';
import { partOf, type Staged, touched } from './views.ts';
import { StageWatch } from './watch.ts';

export { emptyStage, onStage, type Stage } from './seats.ts';
export { StageJson, stageJson, stageOf } from './store.ts';
export { partOf, type Staged, sharedView } from './views.ts';

export interface StageOptions extends Pick<StagePorts, 'access'> {
  readonly db: Db;
  readonly questions: Questions;
  /** The database's time, as far as this node knows it. */
  now(): number;
  readonly tell: Tell;
  readonly signals: Signals;
  /** Tells the live's room. */
  show(live: LiveId, staged: Staged): void;
  /** Makes the media server let send who is on stage now. */
  agree(live: LiveId): Promise<void>;
  isInRoom(live: LiveId, user: UserId, page: PageId): boolean;
  readonly log: Logger;
}

/** Which pages have a socket open. */
interface Pages {
  pagesOf(user: UserId): ReadonlySet<PageId>;
}

export interface StageFeature {
  readonly commands: Commands<StageCommand['type']>;
  read(live: LiveId): Promise<Staged>;
  /** Takes up what was going on before this process. */
  start(pages: Pages): Promise<void>;
  close(): void;
}

/** Lianmai: who asks, who is asked, and who is on stage beside the host. SPEC section LM. */
export function createStage(options: StageOptions): StageFeature {
  const { db, questions, tell, signals, log } = options;
  const store = createStageStore(db, questions);
  let pages: Pages = { pagesOf: () => new Set() };
  const watch = new StageWatch({
    now: options.now,
    steady: () => performance.now(),
    isPageOpen: (user, page) => pages.pagesOf(user).has(page),
    isInRoom: options.isInRoom,
    notice,
    log,
  });

  async function act(live: LiveId, actor: PageActor, wish: Wish) {
    const { user, page, session } = actor;
    const changed = await store.change(
      live,
      (stage, host, now) => decide(stage, { user, page, session, host }, wish, now),
      true,
    );
    if (refused(changed)) return changed;
    publishChange(live, changed.ok);
    return ok(partOf(changed.ok.after, user, user === changed.ok.host));
  }

  async function notice(live: LiveId, fact: Fact): Promise<void> {
    const changed = await store.change(live, (stage, _, now) => ({ ok: true, next: follow(stage, fact, now) }), false);
    // The group was deleted meanwhile: there is no stage any more.
    if (refused(changed)) watch.forget(live);
    else publishChange(live, changed.ok);
  }

  /** What was committed is told, and the media server made to agree; what that cannot do now is left to its sweep. */
  function publishChange(live: LiveId, { before, after, host, group }: Changed): void {
    watch.see(live, group, after.stage);
    if (after.stage === before) return;
    log.info({ live, version: after.stage.version, seats: after.stage.seats.length }, 'stage changed');
    options.show(live, after);
    for (const user of new Set([host, ...touched(before, after.stage)]))
      tell(user, { type: 'me.stage', group, live, part: partOf(after, user, user === host) });
    options.agree(live).catch((error: unknown) => log.warn({ live, err: error }, 'left to the reconciler'));
  }

  const stops = [
    signals.on('memberGone', async ({ group, user }) => {
      for (const live of watch.livesOf(user, group)) await notice(live, { type: 'gone', user });
    }),
    signals.on('sessionsEnded', async ({ user, sessions }) => {
      const ended = ({ session }: { readonly session: string }) => sessions === 'all' || sessions.includes(session);
      for (const live of watch.livesOf(user)) await notice(live, { type: 'gone', user, by: ended });
    }),
    signals.on('liveChanged', async ({ live: { id, state } }) => {
      if (state === 'ended' && watch.has(id)) await notice(id, { type: 'liveOver' });
    }),
    signals.on('groupDeleted', ({ group }) => watch.forgetGroup(group)),
  ];

  const ports: StagePorts = { access: options.access, isMemberOf: store.isMemberOf, act };
  return {
    commands: {
      'stage.ask': (actor, { live, media, line = null }) => want(ports, actor, live, { type: 'ask', media, line }),
      'stage.withdraw': (actor, { live }) => want(ports, actor, live, { type: 'withdraw' }),
      'stage.accept': (actor, { live, media }) => want(ports, actor, live, { type: 'accept', media }),
      'stage.invite': (actor, { live, user, media }) => toMember(ports, actor, live, { type: 'invite', user, media }),
      'stage.admit': (actor, { live, user }) => want(ports, actor, live, { type: 'admit', user }),
      'stage.decline': (actor, { live, user }) => want(ports, actor, live, { type: 'decline', user }),
      'stage.stepDown': (actor, { live }) => want(ports, actor, live, { type: 'stepDown' }),
      'stage.remove': (actor, { live, user }) => want(ports, actor, live, { type: 'remove', user }),
      'stage.mute': (actor, { live, user, muted }) => want(ports, actor, live, { type: 'mute', user, muted }),
      'stage.helper': (actor, { live, user, on }) =>
        on
          ? toMember(ports, actor, live, { type: 'helper', user, on })
          : want(ports, actor, live, { type: 'helper', user, on }),
      'stage.screen': (actor, { live, shown }) => want(ports, actor, live, { type: 'screen', shown }),
      'stage.set': (actor, { live, version, change }) => want(ports, actor, live, { type: 'set', version, change }),
    },
    read: store.read,
    async start(given) {
      pages = given;
      for (const { live, group, stage } of await store.occupied()) watch.see(live, group, stage);
    },
    close() {
      for (const stop of stops) stop();
      watch.close();
    },
  };
}
