import {
  type GroupId,
  GuestMedia,
  Layout,
  type LiveId,
  PageId,
  Person,
  StageSettings,
  UserId,
} from '@groupcast/protocol';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Database, type Db, nowIn, type Questions, transact } from '../../adapters/postgres/index.ts';
import { ok, type Result, refuse } from '../core/index.ts';
import type { Decision } from './rules.ts';
import { emptyStage, type Stage } from './seats.ts';
import type { Staged } from './views.ts';

const from = { user: UserId, page: PageId, session: z.string() };
const SeatRow = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('asking'),
    ...from,
    media: GuestMedia,
    since: z.number(),
    line: z.string().nullable(),
  }),
  z.object({ state: z.literal('invited'), user: UserId, media: GuestMedia, until: z.number() }),
  z.object({
    state: z.literal('onStage'),
    ...from,
    media: GuestMedia,
    since: z.number(),
    until: z.number().nullable(),
    muted: z.boolean(),
  }),
]);
/** The column `stages.stage`; its version is a column of its own, so that it can be compared without reading the rest. */
const StageRow = z.object({
  settings: StageSettings,
  screen: z.nullable(UserId),
  helpers: z.array(UserId),
  layoutBefore: z.nullable(Layout),
  setAt: z.number(),
  seats: z.array(SeatRow),
  turns: z.record(UserId, z.number()),
});

/** What a change did; `after` is `before` when there was nothing to change. */
export interface Changed {
  readonly before: Stage;
  readonly after: Staged;
  readonly host: UserId;
  readonly group: GroupId;
}

/**
 * A live's stage as JSON, for SQL that reads other things of the live in the same moment: `version`, `stage` and the
 * `people` it names; null when nobody has touched it. `$1` is the live.
 */
export const stageJson = `(
  select json_build_object('version', version, 'stage', stage, 'people', (
    select coalesce(json_agg(json_build_object('id', id, 'name', name, 'picture', picture)), '[]') from users
    where id in (select (seat ->> 'user')::uuid from jsonb_array_elements(stage -> 'seats') seat
      union all select helper::uuid from jsonb_array_elements_text(stage -> 'helpers') helper)))
  from stages where live_id = $1)`;
export const StageJson = z
  .object({ version: z.number(), stage: StageRow, people: z.array(Person) })
  .nullable()
  .transform(
    (read): Staged => ({
      stage: read ? { version: read.version, ...read.stage } : emptyStage,
      people: new Map((read?.people ?? []).map((person) => [person.id, person])),
    }),
  );

const Row = z.object({ staged: StageJson });

const running = ['live', 'interrupted'] as const;

function whyClosed(state: Database['lives']['state']): 'notLive' | 'liveOver' | null {
  if (state === 'preparing') return 'notLive';
  return state === 'live' || state === 'interrupted' ? null : 'liveOver';
}

export function createStageStore(db: Db, questions: Questions) {
  /**
   * Locks a live's stage, lets `choose` decide, saves what it accepts. `whileRunning` refuses `notLive` before the live
   * is on air and `liveOver` after; what the server itself notices is followed at any time.
   */
  async function change(
    live: LiveId,
    choose: (stage: Stage, host: UserId, now: number) => Decision,
    whileRunning: boolean,
  ): Promise<Result<Changed>> {
    return transact<Changed>(db, async (trx) => {
      // Shared: comments and guests do not wait for each other, but neither passes a live that is just ending.
      const of = await trx
        .selectFrom('lives')
        .select(['state', 'host', 'group_id'])
        .where('id', '=', live)
        .forShare()
        .executeTakeFirst();
      if (!of) return refuse('notFound');
      const closed = whileRunning ? whyClosed(of.state) : null;
      if (closed) return refuse(closed);
      const before = await locked(trx, live);
      const decision = choose(before, of.host, await nowIn(trx));
      if (!decision.ok) return refuse(decision.fault);
      const { next } = decision;
      if (next !== before) await save(trx, live, next);
      return ok({
        before,
        after: { stage: next, people: await peopleOn(trx, next) },
        host: of.host,
        group: of.group_id,
      });
    });
  }

  return {
    change,
    async read(live: LiveId): Promise<Staged> {
      const { rows } = await questions.query(`select ${stageJson} as staged`, [live]);
      return Row.parse(rows[0]).staged;
    },

    async isMemberOf(live: LiveId, user: UserId): Promise<boolean> {
      const row = await db
        .selectFrom('lives')
        .innerJoin('members', 'members.group_id', 'lives.group_id')
        .select('members.user_id')
        .where('lives.id', '=', live)
        .where('members.user_id', '=', user)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** The stages of running lives on which somebody has a seat, or helps. */
    async occupied(): Promise<{ readonly live: LiveId; readonly group: GroupId; readonly stage: Stage }[]> {
      const rows = await db
        .selectFrom('stages')
        .innerJoin('lives', 'lives.id', 'stages.live_id')
        .select(['stages.live_id', 'stages.version', 'stages.stage', 'lives.group_id'])
        .where('lives.state', 'in', running)
        .where(
          sql<boolean>`jsonb_array_length(stages.stage -> 'seats') + jsonb_array_length(stages.stage -> 'helpers') > 0`,
        )
        .execute();
      return rows.map((row) => ({ live: row.live_id, group: row.group_id, stage: stageOf(row) }));
    },
  };
}

/** A stage in the columns of its row, also of a left join: nobody has touched one that has no row. */
export const stageOf = ({ version, stage }: { version: number | null; stage: unknown }): Stage =>
  version === null ? emptyStage : { version, ...StageRow.parse(stage) };

async function locked(trx: Db, live: LiveId): Promise<Stage> {
  const { version, ...stage } = emptyStage;
  await trx
    .insertInto('stages')
    .values({ live_id: live, version, stage: JSON.stringify(stage) })
    .onConflict((on) => on.doNothing())
    .execute();
  const row = await trx
    .selectFrom('stages')
    .selectAll()
    .where('live_id', '=', live)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return stageOf(row);
}

async function save(trx: Db, live: LiveId, { version, ...stage }: Stage): Promise<void> {
  await trx
    .updateTable('stages')
    .set({ version, stage: JSON.stringify(stage) })
    .where('live_id', '=', live)
    .execute();
}

async function peopleOn(trx: Db, { seats, helpers }: Stage): Promise<Staged['people']> {
  const named = [...seats.map(({ user }) => user), ...helpers];
  if (named.length === 0) return new Map();
  const rows = await trx.selectFrom('users').select(['id', 'name', 'picture']).where('id', 'in', named).execute();
  return new Map(rows.map((person) => [person.id, person]));
}
