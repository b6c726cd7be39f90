import type { GroupId, Role, UserId } from '@groupcast/protocol';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Routes, refuse } from '../core/index.ts';
import { readActs } from './store.ts';

export { noteAct } from './store.ts';

export interface AuditOptions {
  readonly db: Db;
  /** Null for who is no member. */
  roleIn(group: GroupId, user: UserId): Promise<Role | null>;
}

export interface Audit {
  readonly routes: Routes<'audit'>;
}

/** The log of what a group's owner and admins did; nobody changes it, and they read it. SPEC SR5. */
export const createAudit = ({ db, roleIn }: AuditOptions): Audit => ({
  routes: {
    async audit({ actor, params: { group }, query: { before } }) {
      const role = await roleIn(group, actor.user);
      if (!role) return refuse('notFound');
      return role === 'member' ? refuse('notAllowed') : ok(await readActs(db, group, before));
    },
  },
});
