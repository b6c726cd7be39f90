import type { GroupId, InviteView, UserId } from '@groupcast/protocol';
import { type Db, transact } from '../../adapters/postgres/index.ts';
import { ok, type Result, type Routes, refuse, refused } from '../core/index.ts';
import { type Groups, membership } from '../groups/index.ts';
import type { Messages } from '../messages/index.ts';
import { codeOf, inviteOf } from './code.ts';
import * as handlers from './handlers.ts';
import * as store from './store.ts';

export interface InvitesWorld {
  readonly db: Db;
  readonly secret: string;
  readonly membersPerGroup: number;
  readonly groups: Groups;
  readonly messages: Messages;
}

export interface Invites {
  readonly routes: Routes<'invites' | 'createInvite' | 'revokeInvite' | 'invite' | 'joinByInvite'>;
  /** What a code shows to a stranger, asked before anything dear is done for who brings it. Refuses an invite's faults. */
  view(code: string): Promise<Result<InviteView>>;
  /** Lets somebody with an account in. Refuses an invite's faults, `groupFull`. */
  join(code: string, user: UserId): Promise<Result<{ group: GroupId }>>;
  /** Lets a person in by a code, in the caller's transaction. Refuses an invite's faults, `groupFull`. */
  enter(trx: Db, code: string, user: UserId): Promise<Result<store.Entered>>;
  /** Lets the group know, after the commit. */
  tell(entered: store.Entered): void;
}

/** Invites: links that lead into a group. SPEC IN. */
export function createInvites({ db, secret, membersPerGroup, groups, messages }: InvitesWorld): Invites {
  function tell({ group, user, entry }: store.Entered): void {
    if (!entry) return;
    groups.welcome(group, user);
    messages.announce(group, [entry]);
  }

  const ports: handlers.InvitePorts = {
    roleIn: (group, user) => membership(db, group, user),
    codeOf: (invite) => codeOf(secret, invite),
    inviteOf: (code) => inviteOf(secret, code),
    store: {
      read: (group) => store.readInvites(db, group),
      create: (invite) => store.createInvite(db, invite),
      revoke: (group, invite) => store.revokeInvite(db, group, invite),
      view: (invite, user) => store.viewInvite(db, invite, user),
      join: async (invite, user) => {
        const entered = await transact(db, (trx) => store.enter(trx, invite, user, membersPerGroup));
        if (refused(entered)) return entered;
        tell(entered.ok);
        return ok({ group: entered.ok.group });
      },
    },
  };

  return {
    routes: {
      invites: ({ actor, params }) => handlers.list(ports, actor, params.group),
      createInvite: ({ actor, params, body }) => handlers.create(ports, actor, params.group, body),
      revokeInvite: ({ actor, params }) => handlers.revoke(ports, actor, params),
      invite: ({ actor, params }) => handlers.view(ports, actor, params.code),
      joinByInvite: ({ actor, params }) => handlers.join(ports, actor.user, params.code),
    },
    view: (code) => handlers.view(ports, null, code),
    join: (code, user) => handlers.join(ports, user, code),
    async enter(trx, code, user) {
      const invite = inviteOf(secret, code);
      return invite ? await store.enter(trx, invite, user, membersPerGroup) : refuse('inviteInvalid');
    },
    tell,
  };
}
