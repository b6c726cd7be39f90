import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Routes, refuse } from '../core/index.ts';
import { mayManage, membership } from '../groups/index.ts';
import { readActs } from './store.ts';

export { noteAct } from './store.ts';

export interface Audit {
  readonly routes: Routes<'audit'>;
}

/** The log of what a group's owner and admins did; nobody changes it, and they read it. SPEC SR5. */
export const createAudit = (db: Db): Audit => ({
  routes: {
    async audit({ actor, params: { group }, query: { before } }) {
      const role = await membership(db, group, actor.user);
      if (!role) return refuse('notFound');
      return mayManage(role) ? ok(await readActs(db, group, before)) : refuse('notAllowed');
    },
  },
});
