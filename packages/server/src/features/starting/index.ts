import type { GroupEntry, GroupId, StartBar, Starting, UserId } from '@groupcast/protocol';
import { type Db, nowIn, transact } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { ok, type Result, type Routes, refuse, refused } from '../core/index.ts';
import { lockGroup } from '../messages/index.ts';
import { answer, ask } from './asks.ts';
import { barFor } from './rules.ts';
import { hasAsked, type Ruled, readLeads, readNamed, readRule, readStanding, writeNamed, writeRule } from './store.ts';

export interface StartingOptions {
  readonly db: Db;
  /** What keeps this person from the feature altogether. */
  rolledOut(user: UserId, group: GroupId): Promise<StartBar | null>;
  /** Publishes entries of a group's chat after their commit. */
  announce(group: GroupId, entries: readonly GroupEntry[]): void;
  /** Tells everybody who has the group open that something about it changed. */
  changed(group: GroupId): void;
}

/** What a start asks for. */
interface Start {
  readonly group: GroupId;
  readonly user: UserId;
  readonly audioOnly: boolean;
}

/** Why a live may not start, or how many may run at once where it does. */
export type StartDoor = (trx: Db, start: Start) => Promise<Result<{ readonly atOnce: number }>>;

export interface StartRules {
  readonly routes: Routes<'starting' | 'setStarting' | 'askToStart' | 'answerAsk'>;
}

/**
 * The one door before a live: in the caller's transaction, which holds the group. Refuses `notFound`, `startNamed`,
 * `startAsk`, `quietHours` and `coolDown` with when they pass, `audioOnlyHere`.
 */
export const startDoor: StartDoor = async (trx, { group, user, audioOnly }) => {
  const standing = await readStanding(trx, group, user);
  if (!standing) return refuse('notFound');
  const { rule } = await readRule(trx, group);
  const now = await nowIn(trx);
  const bar = barFor(rule, standing, now);
  if (bar) return bar.until === null ? refuse(bar.why) : refuse(bar.why, bar.until - now);
  return rule.audioOnly && !audioOnly ? refuse('audioOnlyHere') : ok({ atOnce: rule.atOnce });
};

/** Who may start lives in a group, and requests to be let. SPEC SR. */
export function createStarting({ db, rolledOut, announce, changed }: StartingOptions): StartRules {
  async function view(group: GroupId, user: UserId): Promise<Result<Starting>> {
    const standing = await readStanding(db, group, user);
    if (!standing) return refuse('notFound');
    const [{ version, rule }, named, leads, asked, now] = [
      await readRule(db, group),
      await readNamed(db, group),
      await readLeads(db, group),
      await hasAsked(db, group, user),
      await nowIn(db),
    ];
    const bar = (await rolledOut(user, group)) ?? barFor(rule, standing, now);
    return ok({ version, rule, named, bar, asked, leads });
  }

  function change(group: GroupId, by: UserId, wanted: Ruled, named: readonly UserId[]): Promise<Result<object>> {
    return transact(db, async (trx) => {
      await lockGroup(trx, group);
      const standing = await readStanding(trx, group, by);
      if (!standing) return refuse('notFound');
      if (!standing.leads) return refuse('notAllowed');
      if (!(await writeRule(trx, group, wanted))) return refuse('stale');
      await writeNamed(trx, group, named);
      await noteAct(trx, { group, by, act: 'startRule', text: wanted.rule.who });
      return ok({});
    });
  }

  return {
    routes: {
      starting: ({ actor, params }) => view(params.group, actor.user),
      async setStarting({ actor, params: { group }, body: { version, rule, named } }) {
        const done = await change(group, actor.user, { version, rule }, named);
        if (refused(done)) return done;
        changed(group);
        return view(group, actor.user);
      },
      async askToStart({ actor: { user }, params: { group }, body }) {
        const asked = await ask(db, { group, user, ...body });
        if (refused(asked)) return asked;
        if (asked.ok) announce(group, [asked.ok]);
        return view(group, user);
      },
      async answerAsk({ actor: { person }, params: { group, seq }, body: { allow } }) {
        const answered = await answer(db, { group, seq, by: person, allow });
        if (refused(answered)) return answered;
        announce(group, [answered.ok]);
        return ok({});
      },
    },
  };
}
