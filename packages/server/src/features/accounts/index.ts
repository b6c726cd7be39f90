import type { Auth } from '../../adapters/auth/index.ts';
import type { Db } from '../../adapters/postgres/index.ts';
import { ok, type Routes, refused, type Signals } from '../core/index.ts';
import type { Invites } from '../invites/index.ts';
import { createAttempts } from './attempts.ts';
import { firstLinkToken, isFirstLinkToken } from './firstLink.ts';
import * as handlers from './handlers.ts';
import * as store from './store.ts';

export interface AccountsWorld {
  readonly db: Db;
  readonly auth: Auth;
  readonly secret: string;
  readonly openSignUp: boolean;
  readonly signals: Signals;
  readonly pictures: handlers.AccountPorts['pictures'];
  readonly invites: Invites;
}

type AccountRoute =
  | 'site'
  | 'signUp'
  | 'signIn'
  | 'signOut'
  | 'signOutEverywhere'
  | 'changePassword'
  | 'me'
  | 'changeMe'
  | 'putMyPicture'
  | 'deleteMyPicture'
  | 'consent';

export interface Accounts {
  readonly routes: Routes<AccountRoute>;
  /** The first link's token while nobody owns the installation, else null. */
  firstLink(): Promise<string | null>;
}

/** Accounts: sign-up by first link or invite, sessions, own name and picture, consent. SPEC AC. */
export function createAccounts(world: AccountsWorld): Accounts {
  const ports = portsOf(world);
  return {
    routes: {
      site: () => handlers.site(ports),
      signUp: ({ body, address, userAgent }) => handlers.signUp(ports, body, { address, userAgent }),
      signIn: ({ body, address, userAgent }) => handlers.signIn(ports, body, { address, userAgent }),
      signOut: ({ actor }) => handlers.signOut(ports, actor),
      signOutEverywhere: ({ actor }) => handlers.signOutEverywhere(ports, actor),
      changePassword: ({ actor, body, address, userAgent }) =>
        handlers.changePassword(ports, actor, body, { address, userAgent }),
      me: ({ actor }) => handlers.me(ports, actor),
      changeMe: ({ actor, body }) => handlers.changeMe(ports, actor, body.name),
      putMyPicture: ({ actor, body }) => handlers.putMyPicture(ports, actor, body),
      deleteMyPicture: ({ actor }) => handlers.changePicture(ports, actor, null),
      consent: ({ actor, body }) => handlers.consent(ports, actor, body.version),
    },
    firstLink: async () => ((await store.isOwned(world.db)) ? null : firstLinkToken(world.secret)),
  };
}

function portsOf({ db, auth, secret, openSignUp, signals, pictures, invites }: AccountsWorld): handlers.AccountPorts {
  return {
    openSignUp,
    attempts: createAttempts(db, secret),
    passwords: auth,
    store: {
      isOwned: () => store.isOwned(db),
      isTaken: (username) => store.isTaken(db, username),
      create: async (account, way) => {
        const created = await store.createAccount(
          db,
          account,
          way.by === 'invite' ? { by: 'invite', enter: (trx, user) => invites.enter(trx, way.code, user) } : way,
        );
        if (refused(created)) return created;
        const { entered } = created.ok;
        if (entered) invites.tell(entered);
        return ok(entered?.group ?? null);
      },
      readMe: (user) => store.readMe(db, user),
      rename: (user, name) => store.rename(db, user, name),
      replacePicture: (user, picture) => store.replacePicture(db, user, picture),
      agree: (user, version) => store.agree(db, user, version),
      passwordHashOf: (user) => store.passwordHashOf(db, user),
      setPasswordHash: (user, hash) => store.setPasswordHash(db, user, hash),
      endSessions: (user, which) => store.endSessions(db, user, which),
    },
    pictures,
    isFirstLink: (token) => isFirstLinkToken(secret, token),
    invites,
    emit: (signal) => signals.emit(signal),
  };
}
