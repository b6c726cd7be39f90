import { randomUUID } from 'node:crypto';
import { api, faults, Group, Invite, Rehearsal } from '@groupcast/protocol';
import type { z } from 'zod/mini';
import type { Dice } from './dice.ts';
import type { Known } from './values.ts';

/** Somebody's session, as a browser would send it. */
interface Cookie {
  readonly cookie: string;
}
interface Resident extends Cookie {
  readonly user: string;
  readonly group: string;
}

/** What the run's people are given; replaced now and then, because they are put out, sign out and end what they host. */
interface Era {
  readonly group: string;
  readonly known: Known;
  readonly people: readonly Cookie[];
}

export interface World {
  readonly origin: string;
  /** Where the witness watches: of those who break things, none hosts or manages there. */
  readonly stage: Rehearsal;
  known(): Known;
  /** Somebody to act as, who still has a session as far as is known. */
  somebody(dice: Dice): Cookie;
  /** This person's session is over. */
  bury(person: Cookie): void;
  /** So many are gone that most of what is sent would end at the door. */
  isWorn(): boolean;
  /** New people, groups and lives; those of the time before, of whom nobody acts any more, are taken away whole. */
  renew(): Promise<void>;
}

const cast = { people: 24, lives: 3, fromStage: 10, eras: 60 };
/** Twenty comments in thirty seconds are one person's; sixty people make forty a second. */
const speakers = 60;
/** Of the stage: its host, the witness, and the speakers break nothing. */
const honest = 2 + speakers;

/** Sets the scene through the operator's door; `operatorKey` is the product's. */
export async function createWorld(origin: string, operatorKey: string): Promise<World> {
  const operator = { authorization: `Bearer ${operatorKey}` };
  const open = (people: number, lives: number) =>
    ask(Rehearsal, origin, '/api/rehearsals', { people, lives }, operator);
  async function take(group: string): Promise<void> {
    const reply = await tryFor(`${origin}/api/rehearsals/${group}`, { method: 'DELETE', headers: operator });
    if (!reply.ok && reply.status !== faults.notFound.status)
      throw new Error(`a rehearsal could not be taken away: ${reply.status} ${await reply.text()}`);
  }

  const { people, ...stage } = await open(honest + cast.eras * cast.fromStage, 1);
  const crowd = people.slice(honest);
  const foreign = await open(2, 1);
  const residents = await settle(origin);
  const code = await inviteOf(origin, stage.group, people[0]);
  let eras = 0;
  let era = await begin();
  let living: readonly Cookie[] = era.people;
  let left: string | null = null;

  async function begin(): Promise<Era> {
    const own = await open(cast.people, cast.lives);
    const fromStage = crowd.slice(eras * cast.fromStage, (eras + 1) * cast.fromStage);
    eras = (eras + 1) % cast.eras;
    const known = knownTo({ own, foreign, stage: { ...stage, people }, residents, code });
    return { group: own.group, known, people: [...own.people, ...fromStage, ...residents] };
  }

  return {
    origin,
    stage: { ...stage, people: people.slice(0, honest) },
    known: () => era.known,
    somebody: (dice) => dice.pick(living.length > 0 ? living : era.people),
    bury: (person) => {
      living = living.filter((one) => one !== person);
    },
    isWorn: () => living.length < cast.people / 2,
    async renew() {
      if (left) await take(left);
      left = era.group;
      era = await begin();
      living = era.people;
    },
  };
}

interface Cast {
  readonly own: Rehearsal;
  readonly stage: Rehearsal;
  readonly foreign: Rehearsal;
  readonly residents: readonly Resident[];
  readonly code: string;
}

function knownTo({ own, stage, foreign, residents, code }: Cast): Known {
  const pages = own.people.slice(0, 5).map(({ user }) => user);
  const users = [...own.people.slice(0, 6), ...stage.people.slice(0, 2), ...foreign.people].map(({ user }) => user);
  const groups = residents.map(({ group }) => group);
  return {
    group: [own.group, own.group, own.group, stage.group, stage.group, foreign.group, ...groups],
    live: [...own.lives, ...stage.lives, ...stage.lives, ...foreign.lives],
    user: [...users, ...residents.map(({ user }) => user)],
    page: pages,
    clientId: pages,
    code: [code],
    invite: [code],
  };
}

async function inviteOf(origin: string, group: string, owner: Cookie | undefined): Promise<string> {
  const body = { hours: null, maxUses: null, clientId: randomUUID() };
  const { code } = await ask(Invite, origin, `/api/groups/${group}/invites`, body, { cookie: owner?.cookie ?? '' });
  return code;
}

/** People with accounts of their own, each with a group: they may do more than a rehearsal's. */
async function settle(origin: string): Promise<readonly Resident[]> {
  const residents: Resident[] = [];
  for (const username of ['anna', 'bora', 'chen']) {
    const { cookie, user } = await signUp(origin, username);
    const body = { name: username, clientId: randomUUID() };
    const group = await ask(Group, origin, '/api/groups', body, { cookie });
    residents.push({ user, cookie, group: group.id });
  }
  return residents;
}

async function signUp(origin: string, username: string): Promise<Cookie & { readonly user: string }> {
  const body = { username, password: randomUUID() };
  const reply = await post(origin, '/api/account/sign-up', body, {});
  const { me } = api.signUp.reply.parse(await reply.json());
  const cookie = reply.headers.getSetCookie().map((one) => one.split(';')[0]);
  return { user: me.id, cookie: cookie.join('; ') };
}

/** What the schema takes. */
async function ask<T>(
  schema: z.ZodMiniType<T>,
  origin: string,
  path: string,
  body: object,
  headers: Record<string, string>,
): Promise<T> {
  return schema.parse(await (await post(origin, path, body, headers)).json());
}

async function post(origin: string, path: string, body: object, headers: Record<string, string>): Promise<Response> {
  const reply = await tryFor(`${origin}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${path} was answered ${reply.status}: ${await reply.text()}`);
  return reply;
}

/** A kept connection may be closed under a request that has just begun. */
const tryFor = (url: string, how: RequestInit): Promise<Response> => fetch(url, how).catch(() => fetch(url, how));
