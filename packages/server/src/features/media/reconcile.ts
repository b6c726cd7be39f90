import type { LiveId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import type { MediaServer } from './ports.ts';
import { type Participant, plan, type Step, seatOf, type World } from './rules.ts';
import { readMembers, readOver, readWanted } from './store.ts';

/** What a look found, and what was done about it. */
export interface Look {
  readonly steps: readonly Step[];
  readonly inside: ReadonlyMap<LiveId, readonly Participant[]>;
}

/** Compares the media server with PostgreSQL and mends what differs. Harmless at any time; throws when either is away. */
export async function reconcile(db: Db, server: MediaServer): Promise<Look> {
  const rooms = await Promise.all(
    (await server.rooms()).map(async (live) => ({ live, participants: await server.participants(live) })),
  );
  const users = rooms.flatMap(({ participants }) =>
    participants.flatMap(({ identity }) => seatOf(identity)?.user ?? []),
  );
  // Read after the media server: what it lets in later than that was checked by the door.
  const world: World = {
    rooms,
    wanted: await readWanted(db),
    over: await readOver(
      db,
      rooms.map(({ live }) => live),
    ),
    isMember: await readMembers(db, [...new Set(users)]),
  };
  const steps = plan(world);
  for (const step of steps) await take(server, step);
  return { steps, inside: new Map(rooms.map(({ live, participants }) => [live, participants])) };
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
      return server.permit(step.live, step.identity, step.as);
  }
}
