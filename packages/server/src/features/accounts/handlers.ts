import {
  type FaultCode,
  type GroupId,
  liveConsentVersion,
  type Me,
  type PictureId,
  type PictureRef,
  type SignIn,
  type SignUp,
  type Site,
  type UserId,
} from '@groupcast/protocol';
import {
  type Actor,
  type Nothing,
  ok,
  type Refusal,
  type Result,
  refuse,
  refused,
  type Signal,
  type WithCookies,
} from '../core/index.ts';
import type { Attempts } from './attempts.ts';

/** Where a request comes from, as the session's owner may later see it. */
export interface From {
  readonly address: string;
  readonly userAgent: string;
}

export interface AccountPorts {
  readonly openSignUp: boolean;
  readonly attempts: Attempts;
  readonly passwords: {
    hash(password: string): Promise<string>;
    verify(hash: string, password: string): Promise<boolean>;
    signIn(
      username: string,
      password: string,
      from: From,
    ): Promise<{ user: UserId; cookies: readonly string[] } | null>;
    forget(): Promise<readonly string[]>;
  };
  readonly store: {
    isOwned(): Promise<boolean>;
    isTaken(username: string): Promise<boolean>;
    /** Makes the account and uses up its entrance in one act; with an invite, answers the group it led into. */
    create(
      account: { username: string; name: string; passwordHash: string },
      entrance: Way,
    ): Promise<Result<GroupId | null>>;
    readMe(user: UserId): Promise<Me | null>;
    rename(user: UserId, name: string): Promise<void>;
    replacePicture(user: UserId, picture: PictureId | null): Promise<PictureId | null>;
    agree(user: UserId, version: number): Promise<void>;
    passwordHashOf(user: UserId): Promise<string | null>;
    setPasswordHash(user: UserId, hash: string): Promise<void>;
    endSessions(user: UserId, which: { only: string } | { except: string } | 'all'): Promise<string[]>;
  };
  readonly pictures: {
    store(picture: { use: 'face'; owner: UserId; bytes: Buffer }): Promise<Result<PictureRef>>;
    drop(picture: PictureId): Promise<void>;
  };
  isFirstLink(token: string): boolean;
  readonly invites: {
    /** Refuses what an invite that lets nobody in any more refuses. */
    view(code: string): Promise<Result<unknown>>;
    join(code: string, user: UserId): Promise<Result<{ group: GroupId }>>;
  };
  emit(signal: Signal): void;
}

/** The way in that a sign-up asks for. */
type Way = { readonly by: 'firstLink' } | { readonly by: 'open' } | { readonly by: 'invite'; readonly code: string };

export async function site(ports: AccountPorts): Promise<Result<Site>> {
  return ok({ owned: await ports.store.isOwned(), openSignUp: ports.openSignUp });
}

/** Decides the way in before the dear hashing, so that a stranger cannot make us work. */
async function wayIn(ports: AccountPorts, { firstLink, invite }: SignUp): Promise<Result<Way>> {
  if (firstLink !== undefined) {
    if (!ports.isFirstLink(firstLink)) return refuse('signUpClosed');
    return (await ports.store.isOwned()) ? refuse('alreadyOwned') : ok({ by: 'firstLink' });
  }
  if (invite !== undefined) {
    const shown = await ports.invites.view(invite);
    return refused(shown) ? shown : ok({ by: 'invite', code: invite });
  }
  return ports.openSignUp ? ok({ by: 'open' }) : refuse('signUpClosed');
}

type Entered<T> = { readonly ok: T; readonly cookies: readonly string[] };
type SignedUp = { readonly me: Me; readonly group: GroupId | null };

/** Makes an account and signs it in. Refuses `signUpClosed`, `alreadyOwned`, `usernameTaken`, and an invite's faults. */
export async function signUp(
  ports: AccountPorts,
  asked: SignUp,
  from: From,
): Promise<Result<SignedUp> | Entered<SignedUp>> {
  const created = await create(ports, asked);
  if (refused(created)) return (await signUpAgain(ports, asked, from, created.fault)) ?? created;
  const entered = await enter(ports, asked, from);
  if (!entered) throw new Error('a new account cannot sign in');
  return { ok: { me: entered.ok, group: created.ok }, cookies: entered.cookies };
}

async function create(ports: AccountPorts, asked: SignUp): Promise<Result<GroupId | null>> {
  const way = await wayIn(ports, asked);
  if (refused(way)) return way;
  const { username, password, name = username } = asked;
  return await ports.store.create({ username, name, passwordHash: await ports.passwords.hash(password) }, way.ok);
}

/** What a sign-up is refused that finds what itself made, when the answer to the first try was lost. */
const ownTraces: ReadonlySet<FaultCode> = new Set(['usernameTaken', 'alreadyOwned', 'inviteUsedUp']);

/** Signs in who has the name and the password already. Null when they are another's: then the first refusal stands. */
async function signUpAgain(
  ports: AccountPorts,
  { username, password, invite }: SignUp,
  from: From,
  fault: FaultCode,
): Promise<Entered<SignedUp> | null> {
  if (!ownTraces.has(fault) || !(await ports.store.isTaken(username))) return null;
  const entered = await signIn(ports, { username, password }, from);
  if (refused(entered)) return null;
  const joined = invite === undefined ? null : await ports.invites.join(invite, entered.ok.id);
  const group = joined && !refused(joined) ? joined.ok.group : null;
  return { ok: { me: entered.ok, group }, cookies: entered.cookies };
}

/** Refuses `wrongPassword` for a wrong password and for an unknown name alike, and `tooManyRequests` after too many (SPEC AC4). */
export async function signIn(ports: AccountPorts, asked: SignIn, from: From): Promise<Refusal | Entered<Me>> {
  const begun = await ports.attempts.begin(asked.username, from.address);
  if (refused(begun)) return begun;
  const entered = await enter(ports, asked, from);
  if (!entered) return refuse('wrongPassword');
  await begun.ok.succeeded();
  return entered;
}

/** PostgreSQL has no text with a NUL in it; what stands in its place here stands in no username either. */
const findable = (username: string): string => username.trim().replaceAll('\0', '\ufffd');

async function enter(ports: AccountPorts, { username, password }: SignIn, from: From): Promise<Entered<Me> | null> {
  const signedIn = await ports.passwords.signIn(findable(username), password, from);
  const found = signedIn && (await ports.store.readMe(signedIn.user));
  return found && { ok: found, cookies: signedIn.cookies };
}

/** Ends this session; whoever is not signed in is none the worse. */
export async function signOut(ports: AccountPorts, actor: Actor | null): Promise<WithCookies<Nothing>> {
  if (actor) await endSessions(ports, actor.user, { only: actor.session });
  return { ok: {}, cookies: await ports.passwords.forget() };
}

export async function signOutEverywhere(ports: AccountPorts, actor: Actor): Promise<WithCookies<Nothing>> {
  await endSessions(ports, actor.user, 'all');
  return { ok: {}, cookies: await ports.passwords.forget() };
}

async function endSessions(
  ports: AccountPorts,
  user: UserId,
  which: { only: string } | { except: string } | 'all',
): Promise<void> {
  const sessions = await ports.store.endSessions(user, which);
  ports.emit({ type: 'sessionsEnded', user, sessions: which === 'all' ? 'all' : sessions });
}

/** Changes the password and ends all other sessions. Refuses `wrongPassword`. */
export async function changePassword(
  ports: AccountPorts,
  actor: Actor,
  { current, next }: { current: string; next: string },
  from: From,
): Promise<Result<Nothing>> {
  const attempt = await ports.attempts.begin(actor.user, from.address);
  if (refused(attempt)) return attempt;
  const hash = await ports.store.passwordHashOf(actor.user);
  if (hash === null || !(await ports.passwords.verify(hash, current))) return refuse('wrongPassword');
  await ports.store.setPasswordHash(actor.user, await ports.passwords.hash(next));
  await attempt.ok.succeeded();
  await endSessions(ports, actor.user, { except: actor.session });
  return ok({});
}

export async function me(ports: AccountPorts, { user }: Actor): Promise<Result<Me>> {
  const found = await ports.store.readMe(user);
  return found ? ok(found) : refuse('notSignedIn');
}

export async function changeMe(ports: AccountPorts, actor: Actor, name: string): Promise<Result<Me>> {
  await ports.store.rename(actor.user, name);
  ports.emit({ type: 'personChanged', user: actor.user });
  return me(ports, actor);
}

/** Gives the person a new face; the old one is gone. Refuses what the picture's makers refuse. */
export async function putMyPicture(ports: AccountPorts, actor: Actor, bytes: Buffer): Promise<Result<Me>> {
  const stored = await ports.pictures.store({ use: 'face', owner: actor.user, bytes });
  return refused(stored) ? stored : changePicture(ports, actor, stored.ok.id);
}

export async function changePicture(ports: AccountPorts, actor: Actor, picture: PictureId | null): Promise<Result<Me>> {
  const before = await ports.store.replacePicture(actor.user, picture);
  if (before) await ports.pictures.drop(before);
  ports.emit({ type: 'personChanged', user: actor.user });
  return me(ports, actor);
}

/** Stores the consent to lives. Only the current text can be agreed to. */
export async function consent(ports: AccountPorts, actor: Actor, version: number): Promise<Result<Me>> {
  if (version !== liveConsentVersion) return refuse('invalid');
  await ports.store.agree(actor.user, version);
  return me(ports, actor);
}
