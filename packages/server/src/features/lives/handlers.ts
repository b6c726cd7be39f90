import type { ClientId, GroupId, Live, LiveId, MediaGrant, PageId, Role, StartBar, UserId } from '@groupcast/protocol';
import { ok, type PageActor, type Result, refuse, refused } from '../core/index.ts';
import { allSources, type MediaPage, type Needed, type Pass } from '../media/index.ts';
import { type Deed, decide, type LiveState, type Terms } from './rules.ts';

export interface Prepared {
  readonly live: Live;
  readonly media: MediaGrant;
}
export interface Wish {
  readonly group: GroupId;
  readonly clientId: ClientId;
  readonly topic: string;
  readonly audioOnly: boolean;
}
interface ByWish extends Wish {
  readonly encoder: boolean;
}

/** What the commands ask of the world. */
export interface LivesPorts {
  readonly terms: Terms;
  access(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  state(live: LiveId): Promise<LiveState | null>;
  /** Why this person cannot have group-live now; null: they can. */
  rolledOut(user: UserId, group: GroupId): Promise<StartBar | null>;
  /** The person's live that is not over. */
  held(user: UserId): Promise<{ readonly live: LiveId; readonly state: LiveState } | null>;
  prepare(wish: ByWish, host: UserId, page: PageId): Promise<Result<{ readonly live: Live; readonly page: PageId }>>;
  /** The one way in which a live changes: decided under its lock, saved, told, and the media server made to agree. */
  act(live: LiveId, deed: Deed): Promise<Result<Live>>;
  /** The page that stands for a person's encoder. */
  encoderPage(user: UserId): Promise<PageId>;
  grant(pass: Pass): Promise<Result<MediaGrant>>;
  isPublishing(live: LiveId, at: MediaPage, needed: Needed): Promise<boolean | null>;
  isMediaAlive(): Promise<boolean>;
  /** Whether the page on air still has a line to us. */
  isHostThere(live: LiveId): Promise<boolean>;
  /** Notes that the host's page is there; `unknown` when nobody watches over that live for this person. */
  beat(live: LiveId, user: UserId, page: PageId): 'noted' | 'hostElsewhere' | 'unknown';
}

/** Takes a place. Refuses `notRolledOut`, `startsPaused`, what the group's rule refuses, `consentMissing`, `alreadyHosting`, `tooManyLives`, `unavailable`. */
export async function prepare(ports: LivesPorts, actor: PageActor, wish: Wish): Promise<Result<Prepared>> {
  const live = await takePlace(ports, actor, { ...wish, encoder: false }, actor.page);
  return refused(live) ? live : withGrant(ports, actor, live.ok);
}

/** The same for the person's encoder; its picture brings the live on air. */
export async function prepareByEncoder(ports: LivesPorts, actor: PageActor, wish: Wish): Promise<Result<Live>> {
  return takePlace(ports, actor, { ...wish, encoder: true }, await ports.encoderPage(actor.user));
}

async function takePlace(ports: LivesPorts, actor: PageActor, wish: ByWish, page: PageId): Promise<Result<Live>> {
  if (!(await ports.isMediaAlive())) return refuse('unavailable', 1_000);
  const bar = await ports.rolledOut(actor.user, wish.group);
  if (bar) return refuse(bar.why);
  await giveUpAbandoned(ports, actor);
  const prepared = await ports.prepare(wish, actor.user, page);
  if (refused(prepared)) return prepared;
  const { live, page: taken } = prepared.ok;
  if (live.state === 'ended' || live.state === 'cancelled') return refuse('liveOver');
  return taken === page ? ok(live) : refuse('hostElsewhere');
}

/** What an own page prepared before it was closed or loaded anew must not keep its person from starting again. */
async function giveUpAbandoned(ports: LivesPorts, { user, page }: PageActor): Promise<void> {
  const held = await ports.held(user);
  if (
    held?.state.state !== 'preparing' ||
    held.state.encoder ||
    held.state.page === page ||
    (await ports.isHostThere(held.live))
  )
    return;
  await ports.act(held.live, { type: 'cancel', by: user });
}

async function withGrant(ports: LivesPorts, { user, page }: PageActor, live: Live): Promise<Result<Prepared>> {
  const media = await ports.grant({ live: live.id, user, page, sends: allSources });
  return refused(media) ? media : ok({ live, media: media.ok });
}

/** Goes on air when the media server has the track. Refuses `noMedia`, `hostElsewhere`, `liveOver`, `notAllowed`, `unavailable`. */
export async function reportOnAir(ports: LivesPorts, { user, page }: PageActor, id: LiveId): Promise<Result<Live>> {
  const found = await ports.access(id, user);
  const state = found && (await ports.state(id));
  if (!found || !state) return refuse('notFound');
  const deed: Deed = { type: 'onAir', by: user, page };
  // Asked before the media server is: it would not know a page that is not the host's.
  const foreseen = decide(state, deed, 0, ports.terms);
  if (!foreseen.ok) return refuse(foreseen.fault);
  if (foreseen.next === state) return ok(found.live);
  const publishing = await ports.isPublishing(id, { user, page }, neededBy(found.live));
  if (publishing === null) return refuse('unavailable', 1_000);
  ports.beat(id, user, page);
  return publishing ? ports.act(id, deed) : refuse('noMedia', 500);
}

/** What the live's first picture is; who comes back may have the camera off. */
export const neededBy = ({ state, audioOnly }: { state: Live['state']; audioOnly: boolean }): Needed => {
  if (state !== 'preparing') return 'anything';
  return audioOnly ? 'sound' : 'picture';
};

/** Gives up what never went on air. Refuses `notLive` once it did, `liveOver`. */
export async function cancel(ports: LivesPorts, { user }: PageActor, live: LiveId): Promise<Result<Live>> {
  if (!(await ports.access(live, user))) return refuse('notFound');
  return ports.act(live, { type: 'cancel', by: user });
}

/** Ends a live: its host, or an admin with a reason. Refuses `notAllowed`, `invalid` without a reason, `notLive`. */
export async function end(
  ports: LivesPorts,
  { user }: PageActor,
  { live, reason }: { live: LiveId; reason?: string | undefined },
): Promise<Result<Live>> {
  const found = await ports.access(live, user);
  if (!found) return refuse('notFound');
  return ports.act(live, { type: 'end', by: user, role: found.role, note: reason ?? null });
}

/** Brings the host back, from any page. Refuses `hostElsewhere` while another is there, unless `takeOver`; `liveOver`. */
export async function comeBack(
  ports: LivesPorts,
  actor: PageActor,
  { live, takeOver }: { live: LiveId; takeOver: boolean },
): Promise<Result<Prepared>> {
  const { user, page } = actor;
  if (!(await ports.access(live, user))) return refuse('notFound');
  const oldPageThere = await ports.isHostThere(live);
  const back = await ports.act(live, { type: 'return', by: user, page, takeOver, oldPageThere });
  if (refused(back)) return back;
  // Who comes back is there; the page beats only once it is inside.
  ports.beat(live, user, page);
  return withGrant(ports, actor, back.ok);
}

/** The host's page is there. Refuses `hostElsewhere` once another has taken over, `liveOver`, `notAllowed`. */
export async function beat(ports: LivesPorts, { user, page }: PageActor, id: LiveId): Promise<Result<object>> {
  const noted = ports.beat(id, user, page);
  if (noted === 'noted') return ok({});
  if (noted === 'hostElsewhere') return refuse('hostElsewhere');
  const found = await ports.access(id, user);
  if (!found) return refuse('notFound');
  if (found.live.host.id !== user) return refuse('notAllowed');
  return refuse(found.live.state === 'ended' || found.live.state === 'cancelled' ? 'liveOver' : 'unavailable');
}
