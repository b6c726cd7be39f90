import { randomUUID } from 'node:crypto';
import { ClientId, type GroupId, Live, type LiveId, limits, liveConsentVersion, Prepared } from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../adapters/postgres/index.ts';
import { type Answer, type Client, connect } from './client.ts';
import type { Person } from './person.ts';

/** Somebody with consent given and a page open that hears of their own lives and of the group's. */
export async function openPage(url: string, person: Person, group?: GroupId): Promise<Client> {
  await person.must('POST', '/api/me/consent', { version: liveConsentVersion });
  const client = await connect({ url, cookie: person.cookie });
  await client.joinMe();
  if (group) await client.joinGroup(group);
  return client;
}

export const prepareCommand = (group: GroupId, clientId: string = randomUUID()) => ({
  type: 'live.prepare' as const,
  group,
  clientId: ClientId.parse(clientId),
  topic: 'Morning reading',
  audioOnly: true,
});

export async function prepare(client: Client, group: GroupId): Promise<Prepared> {
  return preparedIn(await client.send(prepareCommand(group)));
}

export const preparedIn = (answer: Answer): Prepared => Prepared.parse(okIn(answer));
export const liveIn = (answer: Answer): Live => Live.parse(okIn(answer));
export function okIn(answer: Answer): unknown {
  if ('fault' in answer) throw new Error(`refused: ${answer.fault}`);
  return answer.ok;
}
export const faultIn = (answer: Answer): string | null => ('fault' in answer ? answer.fault : null);

/** The next own live in this state, from the `epoch` on. */
export async function untilLive<S extends Live['state']>(client: Client, state: S, live?: LiveId, epoch = 0) {
  const { live: found } = await client.next(
    'me.live',
    (event) => event.live.state === state && event.live.epoch >= epoch && (!live || event.live.id === live),
  );
  return found as Extract<Live, { state: S }>;
}

/** Lets a live's timer fall due now: its time in the row and its job's. */
export async function moveClockTo(db: Db, live: LiveId, timer: 'prepare' | 'grace' | 'limit'): Promise<void> {
  const column = { prepare: 'prepare_until', grace: 'grace_until', limit: 'limit_at' }[timer];
  await sql`update lives set ${sql.ref(column)} = now_ms() - 1 where id = ${live}`.execute(db);
  await sql`update graphile_worker._private_jobs set run_at = now() where key = ${`live:${live}:${timer}`}`.execute(db);
}

/** What a host's page does by itself all the time. Answers how to stop. */
export function keepBeating(client: Client, live: LiveId): () => void {
  const timer = setInterval(() => void client.send({ type: 'live.beat', live }).catch(() => {}), limits.hostBeatMs);
  return () => clearInterval(timer);
}
