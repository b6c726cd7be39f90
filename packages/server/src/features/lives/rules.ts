import type { EndReason, FaultCode, PageId, Role, UserId } from '@groupcast/protocol';

interface Common {
  readonly host: UserId;
  /** The one page that may publish. */
  readonly page: PageId;
  /** That page is no browser's but stands for the host's encoder. */
  readonly encoder: boolean;
  readonly epoch: number;
}
interface OnAir extends Common {
  readonly since: number;
  readonly limitAt: number;
}

/** A live as its rules see it. `until`: when preparing or the grace is over. */
export type LiveState =
  | (Common & { readonly state: 'preparing'; readonly until: number })
  | (OnAir & { readonly state: 'live' })
  | (OnAir & { readonly state: 'interrupted'; readonly interruptedAt: number; readonly until: number })
  | (OnAir & { readonly state: 'ended'; readonly endedAt: number; readonly end: End })
  | (Common & { readonly state: 'cancelled' });

interface End {
  readonly reason: EndReason;
  readonly by: UserId | null;
  readonly note: string | null;
}

/** What people ask, what the server notices, and what falls due. Facts and timers name what they were true for. */
export type Deed =
  | { readonly type: 'onAir'; readonly by: UserId; readonly page: PageId }
  | { readonly type: 'cancel'; readonly by: UserId }
  | { readonly type: 'end'; readonly by: UserId; readonly role: Role; readonly note: string | null }
  | {
      readonly type: 'return';
      readonly by: UserId;
      readonly page: PageId;
      readonly takeOver: boolean;
      readonly oldPageThere: boolean;
    }
  | { readonly type: 'hostGone'; readonly page: PageId; readonly epoch: number }
  | { readonly type: 'hostRemoved' | 'groupDeleted' | 'switchedOff' }
  | { readonly type: 'serverBack'; readonly atLeast: number }
  | { readonly type: 'prepareOver' | 'graceOver'; readonly epoch: number }
  | { readonly type: 'limitReached' };

export interface Terms {
  readonly graceMs: number;
  readonly limitMs: number;
}

/** `next` is the same object when nothing changes: asked again for the state it is in, or by an older epoch. */
export type Decision =
  | { readonly ok: true; readonly next: LiveState }
  | { readonly ok: false; readonly fault: FaultCode };

const accept = (next: LiveState): Decision => ({ ok: true, next });
const refuse = (fault: FaultCode): Decision => ({ ok: false, fault });

/** What becomes of a live. Pure; `now` is PostgreSQL's. Rules LV3–LV10 of SPEC.md. */
export function decide(live: LiveState, deed: Deed, now: number, terms: Terms): Decision {
  switch (deed.type) {
    case 'onAir':
      return goOnAir(live, deed.by, deed.page, now, terms);
    case 'cancel':
      return cancelBy(live, deed.by);
    case 'end':
      return endBy(live, deed.by, deed.role, deed.note, now);
    case 'return':
      return comeBack(live, deed, now, terms);
    case 'hostGone':
      return accept(live.epoch === deed.epoch && live.page === deed.page ? withoutHost(live, now, terms) : live);
    case 'hostRemoved':
    case 'groupDeleted':
      return accept(stop(live, { reason: deed.type, by: null, note: null }, now));
    case 'switchedOff':
      return accept(stop(live, { reason: 'operator', by: null, note: null }, now));
    case 'serverBack':
      return accept(waitAtLeast(live, deed.atLeast));
    case 'prepareOver':
    case 'graceOver':
      return accept(live.epoch === deed.epoch ? waitedEnough(live, now) : live);
    case 'limitReached':
      return accept(pastLimit(live, now) ? stop(live, { reason: 'timeLimit', by: null, note: null }, now) : live);
  }
}

/** Comments and likes are taken, viewers are let in. */
export const isRunning = (live: LiveState): boolean => live.state === 'live' || live.state === 'interrupted';

const isOver = (live: LiveState): boolean => live.state === 'ended' || live.state === 'cancelled';

function goOnAir(live: LiveState, by: UserId, page: PageId, now: number, terms: Terms): Decision {
  if (by !== live.host) return refuse('notAllowed');
  if (isOver(live)) return refuse('liveOver');
  if (page !== live.page) return refuse('hostElsewhere');
  switch (live.state) {
    case 'preparing':
      return accept({
        ...common(live),
        state: 'live',
        epoch: live.epoch + 1,
        since: now,
        limitAt: now + terms.limitMs,
      });
    case 'interrupted':
      return accept({ ...onAir(live), state: 'live', epoch: live.epoch + 1 });
    case 'live':
    case 'ended':
    case 'cancelled':
      return accept(live);
  }
}

function cancelBy(live: LiveState, by: UserId): Decision {
  if (by !== live.host) return refuse('notAllowed');
  if (live.state === 'cancelled') return accept(live);
  if (live.state === 'ended') return refuse('liveOver');
  if (live.state !== 'preparing') return refuse('notLive');
  return accept(cancelled(live));
}

function endBy(live: LiveState, by: UserId, role: Role, note: string | null, now: number): Decision {
  const own = by === live.host;
  if (!own && role === 'member') return refuse('notAllowed');
  if (live.state === 'ended') return accept(live);
  if (live.state === 'cancelled') return refuse('liveOver');
  if (live.state === 'preparing') return refuse('notLive');
  // The host will be told why; an admin who gives no reason has not finished the form.
  if (!own && note === null) return refuse('invalid');
  return accept(stop(live, own ? { reason: 'host', by, note: null } : { reason: 'admin', by, note }, now));
}

function comeBack(live: LiveState, deed: Extract<Deed, { type: 'return' }>, now: number, terms: Terms): Decision {
  if (deed.by !== live.host) return refuse('notAllowed');
  if (isOver(live)) return refuse('liveOver');
  if (deed.page === live.page) return accept(live);
  if (deed.oldPageThere && !deed.takeOver) return refuse('hostElsewhere');
  // The old page's media goes; until the new one's is there, nobody is on air, and the grace guards against a new page that never comes.
  const waiting = live.state === 'live' ? interrupted(live, now, terms) : live;
  return accept({ ...waiting, page: deed.page, encoder: false });
}

function withoutHost(live: LiveState, now: number, terms: Terms): LiveState {
  if (live.state === 'preparing') return cancelled(live);
  return live.state === 'live' ? interrupted(live, now, terms) : live;
}

function waitAtLeast(live: LiveState, atLeast: number): LiveState {
  if (live.state !== 'preparing' && live.state !== 'interrupted') return live;
  return live.until >= atLeast ? live : { ...live, until: atLeast };
}

function waitedEnough(live: LiveState, now: number): LiveState {
  if (live.state === 'preparing' && now >= live.until) return cancelled(live);
  if (live.state === 'interrupted' && now >= live.until)
    return stop(live, { reason: 'grace', by: null, note: null }, now);
  return live;
}

const pastLimit = (live: LiveState, now: number): boolean =>
  (live.state === 'live' || live.state === 'interrupted') && now >= live.limitAt;

/** The only way to an end. What never went on air is cancelled and leaves no trace. */
function stop(live: LiveState, end: End, now: number): LiveState {
  switch (live.state) {
    case 'preparing':
      return cancelled(live);
    case 'live':
    case 'interrupted':
      return { ...onAir(live), state: 'ended', epoch: live.epoch + 1, endedAt: now, end };
    case 'ended':
    case 'cancelled':
      return live;
  }
}

const common = ({ host, page, encoder, epoch }: LiveState): Common => ({ host, page, encoder, epoch });
const onAir = (live: OnAir): OnAir => ({
  host: live.host,
  page: live.page,
  encoder: live.encoder,
  epoch: live.epoch,
  since: live.since,
  limitAt: live.limitAt,
});
const cancelled = (live: LiveState): LiveState => ({ ...common(live), state: 'cancelled', epoch: live.epoch + 1 });
const interrupted = (live: OnAir, now: number, terms: Terms): LiveState => ({
  ...onAir(live),
  state: 'interrupted',
  epoch: live.epoch + 1,
  interruptedAt: now,
  until: now + terms.graceMs,
});
