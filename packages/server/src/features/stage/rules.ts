import { type FaultCode, type GuestMedia, limits, type StageSettings, type UserId } from '@groupcast/protocol';
import {
  type Asking,
  asking,
  changed,
  type From,
  keep,
  type OnStage,
  onStage,
  replaced,
  type Seat,
  type Stage,
  seatOf,
  without,
  withScreen,
} from './seats.ts';

/** Who acts, from where. */
export interface By extends From {
  readonly user: UserId;
  /** Of the live. */
  readonly host: UserId;
}

type SettingsChange = { readonly [K in keyof StageSettings]?: StageSettings[K] | undefined };

/** What people want. */
export type Wish =
  | { readonly type: 'ask'; readonly media: GuestMedia; readonly line: string | null }
  | { readonly type: 'withdraw' | 'stepDown' }
  | { readonly type: 'accept'; readonly media: GuestMedia }
  | { readonly type: 'invite'; readonly user: UserId; readonly media: GuestMedia }
  | { readonly type: 'admit'; readonly user: UserId }
  | { readonly type: 'decline'; readonly user: UserId }
  | { readonly type: 'remove'; readonly user: UserId }
  | { readonly type: 'mute'; readonly user: UserId; readonly muted: boolean }
  | { readonly type: 'screen'; readonly shown: boolean }
  | { readonly type: 'helper'; readonly user: UserId; readonly on: boolean }
  | { readonly type: 'set'; readonly version: number; readonly change: SettingsChange };

/** What the server notices. `gone` without pages: the person has left altogether. */
export type Fact =
  | { readonly type: 'gone'; readonly user: UserId; readonly by?: (seat: From) => boolean }
  | { readonly type: 'timePassed' | 'liveOver' };

/** `next` is the same object when nothing changes. */
export type Decision = { readonly ok: true; readonly next: Stage } | { readonly ok: false; readonly fault: FaultCode };

const accept = (next: Stage): Decision => ({ ok: true, next });
const refuse = (fault: FaultCode): Decision => ({ ok: false, fault });

/** What becomes of a stage when `by` wants something of it. Pure; `now` is PostgreSQL's. Rules LM1–LM16 of SPEC.md. */
export function decide(stage: Stage, by: By, wish: Wish, now: number): Decision {
  switch (wish.type) {
    case 'ask':
      return ask(stage, by, wish, now);
    case 'withdraw':
      return accept(without(stage, by.user, 'asking'));
    case 'accept':
      return acceptInvitation(stage, by, wish.media, now);
    case 'stepDown':
      return accept(without(stage, by.user, 'onStage'));
    case 'decline':
      return decline(stage, by, wish.user);
    case 'screen':
      return wish.shown ? show(stage, by) : accept(screenOf(stage, stage.screen === by.user ? null : stage.screen));
    case 'invite':
    case 'admit':
    case 'remove':
    case 'mute':
      return moderates(stage, by) ? arrange(stage, by, wish, now) : refuse('notAllowed');
    case 'helper':
    case 'set':
      return isHost(by) ? arrange(stage, by, wish, now) : refuse('notAllowed');
  }
}

/** What becomes of a stage by what happened. */
export function follow(stage: Stage, fact: Fact, now: number): Stage {
  switch (fact.type) {
    case 'gone':
      return withoutHelper(
        keep(stage, (seat) => seat.user !== fact.user || !isGone(seat, fact.by)),
        fact.by === undefined ? fact.user : null,
      );
    case 'liveOver':
      return keep(stage, () => false);
    case 'timePassed':
      return keep(stage, (seat) => seat.state === 'asking' || seat.until === null || seat.until > now);
  }
}

/** When time alone changes the stage next; null: never. */
export function nextDue({ seats }: Stage): number | null {
  const dues = seats.flatMap((seat) => (seat.state === 'asking' || seat.until === null ? [] : [seat.until]));
  return dues.length === 0 ? null : Math.min(...dues);
}

const isHost = ({ user, host }: By): boolean => user === host;
const moderates = (stage: Stage, by: By): boolean => isHost(by) || stage.helpers.includes(by.user);

/** An invitation is a person's, whichever of their pages comes and goes. */
const isGone = (seat: Seat, by: ((seat: From) => boolean) | undefined): boolean =>
  by === undefined || (seat.state !== 'invited' && by(seat));

function ask(stage: Stage, by: By, { media, line }: Extract<Wish, { type: 'ask' }>, now: number): Decision {
  if (isHost(by)) return refuse('notAllowed');
  if (!offers(stage, media)) return refuse('notOffered');
  const mine = seatOf(stage, by.user);
  if (mine?.state === 'onStage') return refuse('alreadyOnStage');
  // Both want it: what was asked meanwhile is the own tap that an invitation waits for.
  if (mine?.state === 'invited' && !isFull(stage)) return accept(seated(stage, by, media, now));
  if (mine?.state === 'asking') return accept(askedAgain(stage, mine, { ...fromOf(by), media, line }));
  const queue = asking(stage);
  if (queue.length >= limits.stageQueue) return refuse('queueFull');
  // Times tell requests apart, on every page.
  const since = Math.max(now, (queue.at(-1)?.since ?? 0) + 1);
  const seat: Seat = { state: 'asking', user: by.user, ...fromOf(by), media, since, line };
  return accept(changed(stage, [...without(stage, by.user, 'invited').seats, seat]));
}

function askedAgain(stage: Stage, mine: Asking, wish: From & Pick<Asking, 'media' | 'line'>): Stage {
  const { page, media, line } = mine;
  if (page === wish.page && media === wish.media && line === wish.line) return stage;
  return replaced(stage, { ...mine, ...wish });
}

function acceptInvitation(stage: Stage, by: By, media: GuestMedia, now: number): Decision {
  const mine = seatOf(stage, by.user);
  if (mine?.state === 'onStage') return accept(mine.page === by.page ? stage : moved(stage, mine, by, media));
  if (mine?.state !== 'invited' || mine.until <= now) return refuse('requestGone');
  if (isFull(stage)) return refuse('stageFull');
  // Who is invited with a camera may come without one.
  return accept(seated(stage, by, mine.media === 'voice' ? 'voice' : media, now));
}

/** The same person goes on from another page, as after a reload: the seat, its time and its mute stay. */
function moved(stage: Stage, mine: OnStage, by: By, media: GuestMedia): Stage {
  const next = replaced(stage, { ...mine, ...fromOf(by), media: mine.media === 'voice' ? 'voice' : media });
  // What the other page showed has not come along.
  return next.screen === mine.user ? withScreen(next, null) : next;
}

function decline(stage: Stage, by: By, user: UserId): Decision {
  if (!moderates(stage, by) && user !== by.user) return refuse('notAllowed');
  const seat = seatOf(stage, user);
  if (seat?.state === 'onStage') return refuse('requestGone');
  return accept(seat ? keep(stage, (one) => one !== seat) : stage);
}

type Arrangement = Extract<Wish, { type: 'invite' | 'admit' | 'remove' | 'mute' | 'helper' | 'set' }>;

function arrange(stage: Stage, by: By, wish: Arrangement, now: number): Decision {
  switch (wish.type) {
    case 'invite':
      return invite(stage, by, wish, now);
    case 'admit':
      return admit(stage, wish.user, now);
    case 'remove':
      return accept(without(stage, wish.user, 'onStage'));
    case 'mute':
      return mute(stage, wish.user, wish.muted);
    case 'helper':
      return nameHelper(stage, by, wish.user, wish.on);
    case 'set':
      return wish.version < stage.setAt ? refuse('stale') : accept(set(stage, wish.change, now));
  }
}

function invite(stage: Stage, by: By, { user, media }: Extract<Wish, { type: 'invite' }>, now: number): Decision {
  if (user === by.user || user === by.host) return refuse('notAllowed');
  if (!offers(stage, media)) return refuse('notOffered');
  const seat = seatOf(stage, user);
  if (seat?.state === 'onStage') return accept(stage);
  if (isFull(stage)) return refuse('stageFull');
  if (seat?.state === 'asking') return admit(stage, user, now);
  const invitation: Seat = { state: 'invited', user, media, until: now + limits.invitationMs };
  return accept(seat ? replaced(stage, invitation) : changed(stage, [...stage.seats, invitation]));
}

function admit(stage: Stage, user: UserId, now: number): Decision {
  const seat = seatOf(stage, user);
  if (seat?.state === 'onStage') return accept(stage);
  if (seat?.state !== 'asking') return refuse('requestGone');
  return isFull(stage) ? refuse('stageFull') : accept(seated(stage, seat, seat.media, now));
}

function nameHelper(stage: Stage, by: By, user: UserId, on: boolean): Decision {
  if (!on) return accept(withoutHelper(stage, user));
  if (user === by.host) return refuse('notAllowed');
  if (stage.helpers.includes(user)) return accept(stage);
  if (stage.helpers.length >= limits.stageHelpers) return refuse('tooManyHelpers');
  return accept({ ...stage, version: stage.version + 1, helpers: [...stage.helpers, user] });
}

function withoutHelper(stage: Stage, user: UserId | null): Stage {
  const helpers = stage.helpers.filter((one) => one !== user);
  return helpers.length === stage.helpers.length ? stage : { ...stage, version: stage.version + 1, helpers };
}

function mute(stage: Stage, user: UserId, muted: boolean): Decision {
  const seat = seatOf(stage, user);
  if (seat?.state !== 'onStage') return refuse('notOnStage');
  return accept(seat.muted === muted ? stage : replaced(stage, { ...seat, muted }));
}

/** New settings hold for who is there: no guests, no cameras, or so much time from now on. Nobody goes for want of seats. */
function set(stage: Stage, change: SettingsChange, now: number): Stage {
  const had = stage.settings;
  const settings: StageSettings = {
    mode: change.mode ?? had.mode,
    size: change.size ?? had.size,
    limitMs: change.limitMs === undefined ? had.limitMs : change.limitMs,
    layout: change.layout ?? had.layout,
    screens: change.screens ?? had.screens,
  };
  if (isSame(settings, had)) return stage;
  const { mode, limitMs, screens } = settings;
  const limited = limitMs !== had.limitMs;
  const seats = mode === 'off' ? [] : stage.seats.map((seat) => under(settings, limited, seat, now));
  const next = { ...changed({ ...stage, settings }, seats), setAt: stage.version + 1 };
  return screens || seatOf(next, next.screen) === null ? next : withScreen(next, null);
}

const isSame = (a: StageSettings, b: StageSettings): boolean =>
  a.mode === b.mode && a.size === b.size && a.limitMs === b.limitMs && a.layout === b.layout && a.screens === b.screens;

function under({ mode, limitMs }: StageSettings, limited: boolean, seat: Seat, now: number): Seat {
  const held: Seat = mode === 'voice' ? { ...seat, media: 'voice' } : seat;
  return limited && held.state === 'onStage' ? { ...held, until: limitMs === null ? null : now + limitMs } : held;
}

const offers = ({ settings: { mode } }: Stage, media: GuestMedia): boolean => mode === 'camera' || mode === media;
const isFull = (stage: Stage): boolean => onStage(stage).length >= stage.settings.size;
const fromOf = ({ page, session }: From): From => ({ page, session });

function seated(stage: Stage, who: From & { readonly user: UserId }, media: GuestMedia, now: number): Stage {
  const { user } = who;
  const { limitMs } = stage.settings;
  const until = limitMs === null ? null : now + limitMs;
  const seat: Seat = { state: 'onStage', user, ...fromOf(who), media, since: now, until, muted: false };
  const others = stage.seats.filter((one) => one.user !== user);
  return { ...changed(stage, [...others, seat]), turns: { ...stage.turns, [user]: (stage.turns[user] ?? 0) + 1 } };
}

function show(stage: Stage, by: By): Decision {
  if (isHost(by)) return accept(screenOf(stage, by.user));
  if (!stage.settings.screens) return refuse('notOffered');
  const seat = seatOf(stage, by.user);
  if (seat?.state !== 'onStage' || seat.page !== by.page) return refuse('notOnStage');
  if (stage.screen !== null && stage.screen !== by.user) return refuse('screenTaken');
  return accept(screenOf(stage, by.user));
}

const screenOf = (stage: Stage, screen: UserId | null): Stage =>
  stage.screen === screen ? stage : withScreen({ ...stage, version: stage.version + 1 }, screen);
