import type { ClientId, GroupEntry, GroupId, Message, MessageBody, PictureId, UserId } from '@groupcast/protocol';
import { sql } from 'kysely';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { haveRead } from './append.ts';

/** A message on its way into the log. */
export interface Outgoing {
  readonly group: GroupId;
  readonly author: UserId;
  readonly clientId: ClientId;
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'picture'; readonly picture: PictureId };
}
export interface Sent {
  readonly seq: number;
  readonly at: number;
}
/** What became of a batch: an answer for each message, and what is new for the members. */
export interface Stored {
  readonly answers: Result<Sent>[];
  readonly posted: Map<GroupId, GroupEntry[]>;
}

/**
 * Stores messages of any number of groups in one transaction. The groups' counters are locked in the order of their
 * ids, so that two batches never wait for each other in a circle; membership is read under that lock. A message whose
 * author has sent it before answers what it did then. Refuses `notFound` for who is no member and for foreign pictures.
 */
export async function storeMessages(db: Db, outgoing: readonly Outgoing[]): Promise<Stored> {
  return await db.transaction().execute(async (trx) => {
    const batch = new Batch(await lockCounters(trx, outgoing), await readFacts(trx, outgoing));
    const answers = outgoing.map((message) => batch.place(message));
    await batch.save(trx);
    return { answers, posted: batch.posted };
  });
}

type Counters = Map<GroupId, { seq: number; posts: number }>;

async function lockCounters(trx: Db, outgoing: readonly Outgoing[]): Promise<Counters> {
  const rows = await trx
    .selectFrom('group_counters')
    .select(['group_id', 'seq', 'posts'])
    .where('group_id', 'in', [...new Set(outgoing.map(({ group }) => group))])
    .orderBy('group_id')
    .forUpdate()
    .execute();
  return new Map(rows.map(({ group_id, seq, posts }) => [group_id, { seq, posts }]));
}

/** What must be known of senders, earlier sendings and pictures, read while the counters are locked. */
async function readFacts(trx: Db, outgoing: readonly Outgoing[]) {
  const groups = outgoing.map(({ group }) => group);
  const authors = outgoing.map(({ author }) => author);
  const senders = await trx
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .select(['members.group_id', 'users.id', 'users.name', 'users.picture'])
    .where('members.group_id', 'in', groups)
    .where('members.user_id', 'in', authors)
    .execute();
  const earlier = await trx
    .selectFrom('messages')
    .select(['group_id', 'author', 'client_id', 'seq', 'at'])
    .where('group_id', 'in', groups)
    .where('author', 'in', authors)
    .where(
      'client_id',
      'in',
      outgoing.map(({ clientId }) => clientId),
    )
    .execute();
  const wanted = outgoing.flatMap(({ body }) => (body.kind === 'picture' ? [body.picture] : []));
  const pictures = await trx
    .selectFrom('pictures')
    .select(['id', 'group_id', 'owner', 'width', 'height'])
    .where('id', 'in', wanted.length > 0 ? wanted : [sql<PictureId>`null`])
    .where('use', '=', 'message')
    .where('message_seq', 'is', null)
    .forUpdate()
    .execute();
  const { now } = await trx.selectNoFrom(sql<number>`now_ms()`.as('now')).executeTakeFirstOrThrow();
  return {
    now,
    senders: new Map(senders.map(({ group_id, ...person }) => [`${group_id} ${person.id}`, person])),
    earlier: new Map(earlier.map((row) => [`${row.group_id} ${row.author} ${row.client_id}`, row])),
    pictures: new Map(pictures.map((picture) => [picture.id, picture])),
  };
}
type Facts = Awaited<ReturnType<typeof readFacts>>;

/** Gives each message of a batch its place, then writes them all. */
class Batch {
  readonly #counters: Counters;
  readonly #facts: Facts;
  readonly #answered: Map<string, Sent>;
  readonly posted = new Map<GroupId, GroupEntry[]>();

  constructor(counters: Counters, facts: Facts) {
    this.#counters = counters;
    this.#facts = facts;
    this.#answered = new Map(facts.earlier);
  }

  place(outgoing: Outgoing): Result<Sent> {
    const { group, author, clientId } = outgoing;
    const counters = this.#counters.get(group);
    const by = this.#facts.senders.get(`${group} ${author}`);
    if (!counters || !by) return refuse('notFound');
    const name = `${group} ${author} ${clientId}`;
    const before = this.#answered.get(name);
    if (before) return ok({ seq: before.seq, at: before.at });
    const body = this.#bodyOf(outgoing);
    if (!body) return refuse('notFound');

    counters.seq += 1;
    counters.posts += 1;
    const message: Message = { seq: counters.seq, post: counters.posts, by, at: this.#facts.now, clientId, body };
    const sent = { seq: message.seq, at: message.at };
    this.#answered.set(name, sent);
    const entries = this.posted.get(group) ?? [];
    this.posted.set(group, [...entries, { type: 'posted', seq: message.seq, message }]);
    return ok(sent);
  }

  /** A picture shows in one message: the one its uploader sends, in the group it was uploaded for. */
  #bodyOf({ group, author, body }: Outgoing): MessageBody | null {
    if (body.kind === 'text') return body;
    const picture = this.#facts.pictures.get(body.picture);
    if (!picture || picture.group_id !== group || picture.owner !== author) return null;
    this.#facts.pictures.delete(body.picture);
    const { id, width, height } = picture;
    return { kind: 'picture', picture: { id, width, height } };
  }

  async save(trx: Db): Promise<void> {
    for (const [group, entries] of this.posted) {
      const messages = entries.flatMap((entry) => (entry.type === 'posted' ? [entry.message] : []));
      await trx
        .insertInto('messages')
        .values(messages.map((message) => rowOf(group, message)))
        .execute();
      await trx
        .updateTable('group_counters')
        .set(this.#counters.get(group) ?? {})
        .where('group_id', '=', group)
        .execute();
      const newest = new Map(messages.map(({ by, post }) => [by.id, post ?? 0]));
      await haveRead(
        trx,
        group,
        [...newest].map(([user, post]) => ({ user, post })),
      );
      for (const { seq, body } of messages) {
        if (body.kind !== 'picture') continue;
        await trx.updateTable('pictures').set({ message_seq: seq }).where('id', '=', body.picture.id).execute();
      }
    }
  }
}

const rowOf = (group: GroupId, { seq, post, by, clientId, at, body }: Message) => ({
  group_id: group,
  seq,
  post,
  author: by.id,
  client_id: clientId,
  at,
  body: JSON.stringify(body),
});
