import type { Live, LiveId, MediaGrant, Role, UserId } from '@groupcast/protocol';
import { ok, type PageActor, type Result, refuse } from '../core/index.ts';
import type { Pass } from './access.ts';
import type { MediaPage, Source } from './rules.ts';

/** Under which path of our own origin the browser's client finds signalling. */
const path = '/media';
/** Covers the connect; once inside, LiveKit refreshes by itself and every reconnect is checked again. */
const tokenMs = 120_000;

export interface MediaPorts {
  now(): Promise<number>;
  /** False when the media server cannot be reached. */
  ensureRoom(live: LiveId): Promise<boolean>;
  sign(pass: Pass, times: { readonly now: number; readonly until: number }): Promise<string>;
  access(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  /** What this page may send now. */
  sends(live: LiveId, at: MediaPage): Promise<readonly Source[]>;
}

/** A way into the room, made now. Refuses `unavailable` while the media server cannot be reached. */
export async function grant(ports: MediaPorts, pass: Pass): Promise<Result<MediaGrant>> {
  if (!(await ports.ensureRoom(pass.live))) return refuse('unavailable', 1_000);
  const now = await ports.now();
  const until = now + tokenMs;
  return ok({ path, token: await ports.sign(pass, { now, until }), until });
}

/** Lets a member watch. Refuses `notFound`, `liveOver`, `notLive` before it is on air, `unavailable`. */
export async function joinMedia(
  ports: MediaPorts,
  { user, page }: PageActor,
  live: LiveId,
): Promise<Result<MediaGrant>> {
  const found = await ports.access(live, user);
  if (!found) return refuse('notFound');
  const { state } = found.live;
  if (state === 'ended' || state === 'cancelled') return refuse('liveOver');
  if (state === 'preparing') return refuse('notLive');
  // Who is on air or on stage keeps their rights when they ask again: one identity has one set of them.
  return grant(ports, { live, user, page, sends: await ports.sends(live, { user, page }) });
}
