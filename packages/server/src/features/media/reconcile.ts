import type { LiveId, UserId } from '@groupcast/protocol';
import type { MediaServer } from './ports.ts';
import { mediaPageOf, plan, type Step, type Wanted } from './rules.ts';

/** What PostgreSQL says. */
export interface Truth {
  /** Every live that must have a room, or the one that is asked for. */
  wanted(only?: LiveId): Promise<readonly Wanted[]>;
  /** Those of `lives` that are over. */
  over(lives: readonly LiveId[]): Promise<ReadonlySet<LiveId>>;
  /** Of `users`, who is a member of which running live's group. */
  members(users: readonly UserId[]): Promise<(live: LiveId, user: UserId) => boolean>;
}

/**
 * Compares the media server with PostgreSQL and mends what differs: the rooms there must be, and by `mend` who is in
 * each. Answers what was done. Harmless at any time; throws when either is away.
 */
export async function reconcile(
  truth: Truth,
  server: MediaServer,
  mend = (live: LiveId) => mendRoom(truth, server, live),
): Promise<readonly Step[]> {
  const rooms = (await server.rooms()).map((live) => ({ live, participants: [] }));
  const over = await truth.over(rooms.map(({ live }) => live));
  const wanted = await truth.wanted();
  const steps = plan({ rooms, wanted, over, isMember: () => true });
  for (const step of steps) await take(server, step);
  const mended: Step[] = [];
  for (const { live } of wanted) mended.push(...(await mend(live)));
  return [...steps, ...mended];
}

/** Makes who is in one live's room, and what they may send, what PostgreSQL says. */
export async function mendRoom(truth: Truth, server: MediaServer, live: LiveId): Promise<readonly Step[]> {
  const participants = await server.participants(live);
  const users = participants.flatMap(({ identity }) => mediaPageOf(identity)?.user ?? []);
  // Read after the media server: what it lets in later than that was checked by the door.
  const [wanted, isMember] = await Promise.all([truth.wanted(live), truth.members([...new Set(users)])]);
  const steps = plan({ rooms: [{ live, participants }], wanted, over: new Set(), isMember });
  for (const step of steps) await take(server, step);
  return steps;
}

function take(server: MediaServer, step: Step): Promise<void> {
  switch (step.do) {
    case 'create':
      return server.ensureRoom(step.live);
    case 'delete':
      return server.deleteRoom(step.live);
    case 'remove':
      return server.remove(step.live, step.identity);
    case 'permit':
      return server.permit(step.live, step.identity, step.sends);
  }
}
