import type { ClientId, GroupEntry, GroupId, Person, StartAsk, UserId } from '@groupcast/protocol';
import { type Db, nowIn, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import { appendMessage, changeMessage, lockGroup } from '../messages/index.ts';
import { allowedMs, barFor, mayAnswer } from './rules.ts';
import { hasAsked, readRule, readStanding } from './store.ts';

/** Puts a request into the chat; null: this very one stands there already. Refuses `notFound`, `notOffered`, `alreadyAsked`. */
export async function ask(
  db: Db,
  { group, user, clientId, text }: { group: GroupId; user: UserId; clientId: ClientId; text: string },
): Promise<Result<GroupEntry | null>> {
  return transact<GroupEntry | null>(db, async (trx) => {
    await lockGroup(trx, group);
    const standing = await readStanding(trx, group, user);
    if (!standing) return refuse('notFound');
    const same = await trx
      .selectFrom('start_asks')
      .select('seq')
      .where('user_id', '=', user)
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    if (same) return ok(null);
    if (await hasAsked(trx, group, user)) return refuse('alreadyAsked');
    const bar = barFor((await readRule(trx, group)).rule, standing, await nowIn(trx));
    if (bar?.why !== 'startAsk') return refuse('notOffered');
    const body = { kind: 'ask', ask: { state: 'waiting', text, by: null, until: null } } as const;
    const message = await appendMessage(trx, { group, author: user, clientId: null, body, counts: true });
    await trx
      .insertInto('start_asks')
      .values({ group_id: group, seq: message.seq, user_id: user, client_id: clientId })
      .execute();
    return ok({ type: 'posted', seq: message.seq, message });
  });
}

export interface AnswerOf {
  readonly group: GroupId;
  readonly seq: number;
  readonly by: Person;
  readonly allow: boolean;
}

/** Answers a request where it stands. Refuses `notFound`, `notAllowed`, `alreadyAnswered`. */
export async function answer(db: Db, { group, seq, by, allow }: AnswerOf): Promise<Result<GroupEntry>> {
  return transact(db, async (trx) => {
    await lockGroup(trx, group);
    const lead = await readStanding(trx, group, by.id);
    if (!lead) return refuse('notFound');
    const request = await trx
      .selectFrom('start_asks')
      .innerJoin('messages', (join) =>
        join.onRef('messages.group_id', '=', 'start_asks.group_id').onRef('messages.seq', '=', 'start_asks.seq'),
      )
      .select(['start_asks.user_id', 'start_asks.state', 'messages.body'])
      .where('start_asks.group_id', '=', group)
      .where('start_asks.seq', '=', seq)
      .executeTakeFirst();
    if (!request) return refuse('notFound');
    const verdict = mayAnswer(lead.leads, request.state);
    if (verdict !== 'yes') return refuse(verdict);

    const state = allow ? 'allowed' : 'declined';
    const until = allow ? (await nowIn(trx)) + allowedMs : null;
    await trx
      .updateTable('start_asks')
      .set({ state, until })
      .where('group_id', '=', group)
      .where('seq', '=', seq)
      .execute();
    const text = request.body.kind === 'ask' ? request.body.ask.text : '';
    const asked: StartAsk = { state, text, by, until };
    const act = allow ? 'startAllowed' : 'startDeclined';
    await noteAct(trx, { group, by: by.id, act, about: request.user_id, text });
    return ok(await changeMessage(trx, { group, of: seq, body: { kind: 'ask', ask: asked } }));
  });
}
