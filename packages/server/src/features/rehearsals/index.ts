import type { GroupId } from '@groupcast/protocol';
import type { Logger } from 'pino';
import type { Db } from '../../adapters/postgres/index.ts';
import { type Nothing, ok, type Result, type Routes, refused, type Signals } from '../core/index.ts';
import { closeRehearsal, type MintedSession, openRehearsal, readForgotten, readRehearsalLog } from './store.ts';

export interface RehearsalsOptions {
  readonly db: Db;
  readonly signals: Signals;
  /** So many sessions that are not stored yet. */
  mint(count: number): Promise<readonly MintedSession[]>;
  readonly log: Logger;
}

export interface Rehearsals {
  readonly routes: Routes<'openRehearsal' | 'rehearsalLog' | 'closeRehearsal'>;
  close(): void;
}

const sweepEveryMs = 10 * 60_000;

/** Groups of people who are nobody, for who tries out how much an installation bears. SPEC section RH. */
export function createRehearsals({ db, signals, mint, log }: RehearsalsOptions): Rehearsals {
  async function remove(group: GroupId): Promise<Result<Nothing>> {
    const removed = await closeRehearsal(db, group);
    if (refused(removed)) return removed;
    for (const gone of removed.ok.groups) signals.emit({ type: 'groupDeleted', ...gone });
    for (const user of removed.ok.people) signals.emit({ type: 'sessionsEnded', user, sessions: 'all' });
    return ok({});
  }

  async function sweep(): Promise<void> {
    try {
      for (const group of await readForgotten(db)) await remove(group);
    } catch (error) {
      log.warn({ err: error }, 'forgotten rehearsals could not be taken away; it is tried again');
    }
  }
  const sweeping = setInterval(() => void sweep(), sweepEveryMs);
  sweeping.unref();
  void sweep();

  return {
    routes: {
      openRehearsal: async ({ body }) => {
        const rehearsal = await openRehearsal(db, body, mint);
        log.info({ group: rehearsal.group, people: body.people, lives: body.lives }, 'rehearsal opened');
        return ok(rehearsal);
      },
      rehearsalLog: ({ params, query }) => readRehearsalLog(db, params.group, params.live, query.after),
      closeRehearsal: ({ params }) => remove(params.group),
    },
    close: () => clearInterval(sweeping),
  };
}
