import type { Card, ClientId, GroupEntry, GroupId, Live, LiveId, PageId, UserId } from '@groupcast/protocol';
import { liveConsentVersion } from '@groupcast/protocol';
import { sql } from 'kysely';
import { type Db, nowIn, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, refuse, refused } from '../core/index.ts';
import { lockGroup } from '../messages/index.ts';
import type { StartDoor } from '../starting/index.ts';
import { measure } from '../summary/index.ts';
import { cardOf, columnsOf, type LiveRow, readLive, runningLives, stateOf } from './rows.ts';
import { type Decision, isRunning, type LiveState } from './rules.ts';
import type { Timer } from './timers.ts';

/** What a transition did; everything that others must be told, read in its transaction. */
export interface Changed {
  readonly before: LiveState;
  readonly after: LiveState;
  readonly live: Live;
  /** The group's lives under a new version, when members can see a difference. */
  readonly running: { readonly version: number; readonly lives: Live[] } | null;
  readonly entries: readonly GroupEntry[];
}

/** `changed` is null when the live already was as asked. */
export interface Outcome {
  readonly live: Live;
  readonly changed: Changed | null;
}

export interface Preparation {
  readonly id: LiveId;
  readonly group: GroupId;
  readonly host: UserId;
  readonly page: PageId;
  readonly clientId: ClientId;
  readonly topic: string;
  readonly audioOnly: boolean;
  readonly encoder: boolean;
}

/** What the store needs inside its transactions. */
export interface StorePorts {
  postCard(trx: Db, group: GroupId, host: UserId, card: Card): Promise<{ seq: number; entry: GroupEntry }>;
  changeCard(trx: Db, group: GroupId, seq: number, card: Card): Promise<GroupEntry>;
  setTimer(trx: Db, timer: Timer, at: number): Promise<void>;
  readonly startDoor: StartDoor;
}

/** After this long without its numbers, an ended live is settled by the job instead of by who ended it. */
const settleLateMs = 5_000;

interface StoreTerms {
  readonly livesPerGroup: number;
  readonly prepareMs: number;
  readonly prepareByEncoderMs: number;
}

export type LiveStore = ReturnType<typeof createLiveStore>;

export function createLiveStore(db: Db, ports: StorePorts, terms: StoreTerms) {
  /** Takes a place for `ask.host`, or answers the live that the same client id took before. */
  async function prepare(ask: Preparation): Promise<Result<{ readonly live: Live; readonly page: PageId }>> {
    return transact(db, async (trx) => {
      // One host after the other, so that two pages cannot both pass the questions below.
      await trx.selectFrom('users').select('id').where('id', '=', ask.host).forNoKeyUpdate().execute();
      const same = await trx
        .selectFrom('lives')
        .select(['id', 'host_page'])
        .where('host', '=', ask.host)
        .where('client_id', '=', ask.clientId)
        .executeTakeFirst();
      if (same) return ok({ live: await shownOf(trx, same.id), page: same.host_page });
      const no = await whyNot(trx, ask);
      if (no) return no;

      const { id, group, host, page, clientId, topic, audioOnly, encoder } = ask;
      const until = (await nowIn(trx)) + (encoder ? terms.prepareByEncoderMs : terms.prepareMs);
      await trx
        .insertInto('lives')
        .values({
          id,
          group_id: group,
          host,
          host_page: page,
          client_id: clientId,
          topic,
          audio_only: audioOnly,
          encoder,
          state: 'preparing',
          prepare_until: until,
        })
        .execute();
      await trx.insertInto('live_counters').values({ live_id: id }).execute();
      await ports.setTimer(trx, { live: id, timer: 'prepare', epoch: 1 }, until);
      return ok({ live: await shownOf(trx, id), page });
    });
  }

  async function whyNot(trx: Db, { group, host, audioOnly }: Preparation) {
    // The group's lock: of two who come at once for the last place, the second sees the first.
    await lockGroup(trx, group);
    const door = await ports.startDoor(trx, { group, user: host, audioOnly });
    if (refused(door)) return door;
    const consent = await trx
      .selectFrom('consents')
      .select('version')
      .where('user_id', '=', host)
      .where('kind', '=', 'live')
      .where('version', '>=', liveConsentVersion)
      .executeTakeFirst();
    if (!consent) return refuse('consentMissing');
    const taken = await trx
      .selectFrom('lives')
      .select(['host'])
      .where('state', 'in', ['preparing', 'live', 'interrupted'])
      .where((on) => on.or([on('group_id', '=', group), on('host', '=', host)]))
      .select((on) => on('group_id', '=', group).as('here'))
      .execute();
    if (taken.some((live) => live.host === host)) return refuse('alreadyHosting');
    const most = Math.min(door.ok.atOnce, terms.livesPerGroup);
    return taken.filter((live) => live.here).length >= most ? refuse('tooManyLives') : null;
  }

  /** Locks the row, lets `choose` decide, saves what it accepts; null: nothing changed. */
  async function change(live: LiveId, choose: (state: LiveState, now: number) => Decision): Promise<Result<Outcome>> {
    return transact<Outcome>(db, async (trx) => {
      const row = await locked(trx, live);
      if (!row) return refuse('notFound');
      const before = stateOf(row);
      const decision = choose(before, await nowIn(trx));
      if (!decision.ok) return refuse(decision.fault);
      const after = decision.next;
      if (after === before) return ok({ live: await shownOf(trx, live), changed: null });
      const entries = await save(trx, row, before, after);
      const seen = after.state !== before.state && (isRunning(before) || isRunning(after));
      const running = seen ? await nextRunning(trx, row.group_id) : null;
      const shown = await shownOf(trx, live);
      return ok({ live: shown, changed: { before, after, live: shown, running, entries } });
    });
  }

  async function save(trx: Db, row: LiveRow, before: LiveState, after: LiveState): Promise<readonly GroupEntry[]> {
    const { id: live } = row;
    const saved = await trx
      .updateTable('lives')
      .set(columnsOf(after))
      .where('id', '=', live)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (isRunning(before) !== isRunning(after))
      await trx
        .updateTable('live_counters')
        .set({ open: isRunning(after) })
        .where('live_id', '=', live)
        .execute();
    await keepInterruptions(trx, live, before, after);
    await noteEnd(trx, row, after);
    await keepTimers(trx, live, before, after);
    if (before.state !== 'preparing' || after.state !== 'live') return [];
    const { seq, entry } = await ports.postCard(trx, row.group_id, row.host, cardOf(saved));
    await trx.updateTable('lives').set({ card_seq: seq }).where('id', '=', live).execute();
    return [entry];
  }

  /** That somebody else than the host ended it is an act of theirs. */
  async function noteEnd(trx: Db, { group_id: group, host }: LiveRow, after: LiveState): Promise<void> {
    if (after.state !== 'ended' || after.end.reason !== 'admin' || !after.end.by) return;
    await noteAct(trx, { group, by: after.end.by, act: 'liveEnded', about: host, text: after.end.note ?? '' });
  }

  async function keepInterruptions(trx: Db, live: LiveId, before: LiveState, after: LiveState): Promise<void> {
    if (before.state === after.state) return;
    if (after.state === 'interrupted')
      await trx
        .insertInto('live_interruptions')
        .values({ live_id: live, from_at: after.interruptedAt, to_at: null })
        .onConflict((on) => on.columns(['live_id', 'from_at']).doUpdateSet({ to_at: null }))
        .execute();
    if (before.state === 'interrupted')
      await trx
        .updateTable('live_interruptions')
        .set({ to_at: after.state === 'ended' ? after.endedAt : sql`now_ms()` })
        .where('live_id', '=', live)
        .where('to_at', 'is', null)
        .execute();
  }

  async function keepTimers(trx: Db, live: LiveId, before: LiveState, after: LiveState): Promise<void> {
    const { epoch } = after;
    if (after.state === 'preparing') await ports.setTimer(trx, { live, timer: 'prepare', epoch }, after.until);
    if (after.state === 'interrupted') await ports.setTimer(trx, { live, timer: 'grace', epoch }, after.until);
    if (after.state === 'live' && before.state === 'preparing')
      await ports.setTimer(trx, { live, timer: 'limit', epoch }, after.limitAt);
    if (after.state === 'ended')
      await ports.setTimer(trx, { live, timer: 'settle', epoch }, after.endedAt + settleLateMs);
  }

  /** Writes an ended live's numbers, once, and turns its card into the result; null: done before, or not ended. */
  async function settle(live: LiveId): Promise<Settled | null> {
    return db.transaction().execute(async (trx) => {
      const row = await locked(trx, live);
      if (row?.state !== 'ended' || row.viewers !== null) return null;
      return writeResult(trx, row, await measure(trx, live));
    });
  }

  /** Counts an ended live's comments again, after one was taken away; null: not ended, or nothing to change. */
  async function recount(live: LiveId): Promise<Settled | null> {
    return db.transaction().execute(async (trx) => {
      const row = await locked(trx, live);
      if (row?.state !== 'ended' || row.viewers === null) return null;
      const { comments } = await measure(trx, live);
      return comments === row.comments ? null : writeResult(trx, row, { comments });
    });
  }

  async function writeResult(trx: Db, row: LiveRow, numbers: Partial<Awaited<ReturnType<typeof measure>>>) {
    const saved = await trx
      .updateTable('lives')
      .set(numbers)
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const entry = row.card_seq === null ? null : await ports.changeCard(trx, row.group_id, row.card_seq, cardOf(saved));
    return { live: await shownOf(trx, row.id), entries: entry ? [entry] : [] };
  }

  return { prepare, change, settle, recount };
}

export interface Settled {
  readonly live: Live;
  readonly entries: readonly GroupEntry[];
}

const locked = (trx: Db, live: LiveId): Promise<LiveRow | undefined> =>
  trx.selectFrom('lives').selectAll().where('id', '=', live).forUpdate().executeTakeFirst();

async function shownOf(trx: Db, live: LiveId): Promise<Live> {
  const found = await readLive(trx, live);
  if (!found) throw new Error(`live ${live} is gone`);
  return found;
}

/** Raises the version under the group's lock and reads what it stands for. */
async function nextRunning(trx: Db, group: GroupId): Promise<{ version: number; lives: Live[] }> {
  await trx
    .updateTable('group_counters')
    .set((on) => ({ lives_version: on('lives_version', '+', 1) }))
    .where('group_id', '=', group)
    .execute();
  return runningLives(trx, group, null);
}
