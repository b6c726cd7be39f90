import type { Live, LiveId, Role, Summary, UserId } from '@groupcast/protocol';
import { ok, type Result, refuse } from '../core/index.ts';

export interface SummaryPorts {
  access(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  /** Hands in what is still held and writes the numbers, if that has not been done; answers the live as it is then. */
  settled(live: LiveId): Promise<Live | null>;
  groupName(live: LiveId): Promise<string>;
  facts(live: LiveId): Promise<Pick<Summary, 'peak' | 'averageWatchMs' | 'interrupted' | 'curve'>>;
}

/** All about an ended live, for its host and the group's admins. Refuses `notFound`, `notAllowed`, `notLive` while it runs. */
export async function readSummary(ports: SummaryPorts, user: UserId, id: LiveId): Promise<Result<Summary>> {
  const found = await ports.access(id, user);
  if (!found) return refuse('notFound');
  if (found.live.host.id !== user && found.role === 'member') return refuse('notAllowed');
  if (found.live.state !== 'ended') return refuse('notLive');
  const live = await ports.settled(id);
  if (live?.state !== 'ended') return refuse('notFound');
  const { group, host, topic, since, result, endedBy, note } = live;
  const name = await ports.groupName(id);
  const facts = await ports.facts(id);
  return ok({ live: id, group: { id: group, name }, host, topic, since, result, endedBy, note, ...facts });
}
