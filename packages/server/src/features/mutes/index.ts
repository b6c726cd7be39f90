import type { Live, LiveId, Role, UserId } from '@groupcast/protocol';
import { type Db, nowIn } from '../../adapters/postgres/index.ts';
import { noteAct } from '../audit/index.ts';
import { type Commands, ok, refuse, type Tell } from '../core/index.ts';
import { whyNotMute } from './rules.ts';

export interface MutesOptions {
  readonly db: Db;
  readonly tell: Tell;
  /** What this person may know of a live; null: nothing. */
  access(live: LiveId, user: UserId): Promise<{ readonly live: Live; readonly role: Role } | null>;
  helpers(live: LiveId): Promise<readonly UserId[]>;
}

export interface Mutes {
  readonly commands: Commands<'room.mute'>;
}

interface Mute {
  readonly live: Live;
  readonly by: UserId;
  readonly user: UserId;
  readonly ms: number;
}

/** Who may not comment in a live for a while; what is stored is asked by the statement that stores comments. SPEC MU. */
export const createMutes = ({ db, tell, access, helpers }: MutesOptions): Mutes => ({
  commands: {
    async 'room.mute'(actor, { live: id, user, ms }) {
      const found = await access(id, actor.user);
      if (!found) return refuse('notFound');
      const { live, role } = found;
      const whom = { user, role: (await access(id, user))?.role ?? null };
      const by = { user: actor.user, role };
      const no = whyNotMute({ by, whom, host: live.host.id, helpers: await helpers(id), state: live.state });
      if (no) return refuse(no);
      const until = await mute(db, { live, by: actor.user, user, ms });
      tell(user, { type: 'me.muted', live: id, until });
      return ok({});
    },
  },
});

/** Answers until when, null for who may comment again. */
function mute(db: Db, { live, by, user, ms }: Mute): Promise<number | null> {
  return db.transaction().execute(async (trx) => {
    const until = ms === 0 ? null : (await nowIn(trx)) + ms;
    const group = live.group;
    if (until === null) {
      const { numDeletedRows } = await trx
        .deleteFrom('mutes')
        .where('live_id', '=', live.id)
        .where('user_id', '=', user)
        .executeTakeFirst();
      if (numDeletedRows > 0n) await noteAct(trx, { group, by, act: 'unmuted', about: user });
    } else {
      await trx
        .insertInto('mutes')
        .values({ live_id: live.id, user_id: user, until })
        .onConflict((conflict) => conflict.columns(['live_id', 'user_id']).doUpdateSet({ until }))
        .execute();
      await noteAct(trx, { group, by, act: 'muted', about: user, text: String(Math.round(ms / 1_000)) });
    }
    return until;
  });
}
