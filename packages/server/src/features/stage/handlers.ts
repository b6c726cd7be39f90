import type { LiveId, Role, StagePart, UserId } from '@groupcast/protocol';
import { type PageActor, type Result, refuse } from '../core/index.ts';
import type { Wish } from './rules.ts';

export interface StagePorts {
  /** What this person may know of a live; null: nothing. */
  access(live: LiveId, user: UserId): Promise<{ readonly role: Role } | null>;
  isMemberOf(live: LiveId, user: UserId): Promise<boolean>;
  /** The one way in which people change a stage: decided under its lock, saved, told, and the media server made to agree. */
  act(live: LiveId, actor: PageActor, wish: Wish): Promise<Result<StagePart>>;
}

/** Whatever a member wants of a stage. Refuses `notFound`, and what the rules refuse. */
export async function want(ports: StagePorts, actor: PageActor, live: LiveId, wish: Wish): Promise<Result<StagePart>> {
  return (await ports.access(live, actor.user)) ? ports.act(live, actor, wish) : refuse('notFound');
}

/** What concerns somebody else, who must be a member: else `notFound`. */
export async function toMember(
  ports: StagePorts,
  actor: PageActor,
  live: LiveId,
  wish: Extract<Wish, { type: 'invite' | 'helper' }>,
): Promise<Result<StagePart>> {
  return (await ports.isMemberOf(live, wish.user)) ? want(ports, actor, live, wish) : refuse('notFound');
}
