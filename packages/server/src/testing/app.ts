import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Group, GroupId, type Invite, type Me } from '@groupcast/protocol';
import { connectPostgres, type Db } from '../adapters/postgres/index.ts';
import { type App, startApp } from '../app.ts';
import { readServerSettings } from '../config.ts';
import { createLog } from '../log.ts';
import { createTestDatabase, type TestDatabase } from './environment/index.ts';
import { type Person, personOf, send } from './person.ts';

export interface TestAppOptions {
  /** Settings that differ from the defaults, as the environment would give them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A database that another app works on already. */
  readonly database?: TestDatabase;
  readonly page?: string;
  /** Gets the log instead of the terminal. */
  readonly log?: { write(entry: string): void };
}

/** A real server on a free port with a database of its own, and what a test does first. */
export interface TestApp {
  readonly url: string;
  readonly app: App;
  /** The database with the owner's rights, for looking behind the product's back. */
  readonly db: Db;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** The first person: makes the account through the first link. */
  signUpOwner(username?: string): Promise<Person>;
  /** Signs up through an invite, and is then a member of its group. */
  signUp(invite: string, username?: string): Promise<Person>;
  createGroup(owner: Person, name?: string): Promise<Group>;
  invite(by: Person, group: GroupId, limits?: { hours?: number; maxUses?: number }): Promise<Invite>;
  join(person: Person, code: string): Promise<GroupId>;
  /** A group with its owner and so many members. */
  crowd(members: number): Promise<{ owner: Person; group: Group; members: Person[] }>;
  close(): Promise<void>;
}

/** No media server is behind these: tests that go live give the real one's. */
const nobody = { LIVEKIT_URL: 'ws://127.0.0.1:9', LIVEKIT_KEY: 'test', LIVEKIT_SECRET: 'x'.repeat(40) };

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createTestDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'groupcast-app-'));
  const read = readServerSettings({
    PORT: '0',
    // As the start works it out: whatever port is taken, the host that a test asks is ours.
    PUBLIC_URL: 'http://127.0.0.1',
    DATA_DIR: dataDir,
    DATABASE_APP_URL: database.appUrl,
    SECRET: randomBytes(32).toString('hex'),
    OPERATOR_KEY: testOperatorKey,
    LOG_LEVEL: 'error',
    ...nobody,
    ...options.settings,
  });
  if (!read.ok) throw new Error(read.problem);
  const log = createLog(read.settings.LOG_LEVEL, options.log ?? process.stderr);
  const app = await startApp({ settings: read.settings, log, ...(options.page && { page: options.page }) });
  const owner = connectPostgres(database.ownerUrl, () => {}, 2);

  const test: TestApp = {
    url: app.url,
    app,
    db: owner.db,
    database,
    dataDir,
    async signUpOwner(username = newName()) {
      const link = (await app.firstLink()) ?? '';
      return await signUp(app.url, { username, firstLink: link.slice(link.lastIndexOf('/') + 1) });
    },
    signUp: (invite, username = newName()) => signUp(app.url, { username, invite }),
    createGroup: (person, name = 'Spring Class') =>
      person.must('POST', '/api/groups', { name, clientId: randomUUID() }),
    invite: (by, group, { hours, maxUses } = {}) =>
      by.must('POST', `/api/groups/${group}/invites`, {
        hours: hours ?? null,
        maxUses: maxUses ?? null,
        clientId: randomUUID(),
      }),
    async join(person, code) {
      const { group } = await person.must<{ group: string }>('POST', `/api/invites/${code}/join`);
      return GroupId.parse(group);
    },
    async crowd(members) {
      const person = await test.signUpOwner();
      const group = await test.createGroup(person);
      const { code } = await test.invite(person, group.id);
      const others: Person[] = [];
      for (let index = 0; index < members; index += 1) others.push(await test.signUp(code));
      return { owner: person, group, members: others };
    },
    async close() {
      await app.close();
      await owner.close();
      if (!options.database) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return test;
}

const newName = (): string => `user${randomBytes(5).toString('hex')}`;

export const testOperatorKey = 'the key that operators of tests have';
export const testPassword = 'correct horse battery';

async function signUp(
  url: string,
  account: { username: string; invite?: string; firstLink?: string },
): Promise<Person> {
  const reply = await send<{ me: Me }>(url, 'POST', '/api/account/sign-up', { ...account, password: testPassword });
  if (reply.status !== 200) throw new Error(`sign-up was answered ${JSON.stringify(reply.body)}`);
  return personOf(url, reply.body.me, reply.cookie);
}
