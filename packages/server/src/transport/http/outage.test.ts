import { randomUUID } from 'node:crypto';
import { ClientId, type Group } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type Client, connect } from '../../testing/client.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/environment/index.ts';
import { type Line, startLine } from '../../testing/line.ts';
import { type Person, send } from '../../testing/person.ts';

let database: TestDatabase;
let line: Line;
let app: TestApp;
let owner: Person;
let group: Group;
let socket: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  line = await startLine(database.appUrl);
  app = await startTestApp({ database: { ...database, appUrl: line.url }, settings: { LOG_LEVEL: 'silent' } });
  owner = await app.signUpOwner();
  group = await app.createGroup(owner);
  socket = await connect({ url: app.url, cookie: owner.cookie });
});
afterAll(async () => {
  socket.close();
  await app.close();
  await line.close();
  await database.drop();
});

const say = (clientId = ClientId.parse(randomUUID())) =>
  socket.send({ type: 'message.send', group: group.id, clientId, body: { kind: 'text', text: 'Is anybody there?' } });
const timed = async <T>(act: () => Promise<T>): Promise<[T, number]> => {
  const from = performance.now();
  return [await act(), performance.now() - from];
};
const stored = async () =>
  (await app.db.selectFrom('messages').select('seq').where('group_id', '=', group.id).execute()).length;
const isReady = async () => (await send(app.url, 'GET', '/readyz')).status === 200;
/** Asks until it is so, as a supervisor does. */
async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 50));
}

for (const trouble of ['cut', 'freeze'] as const) {
  test(`[MS1] with PostgreSQL gone (${trouble}) nothing is acknowledged, a clear fault comes within about two seconds, and it heals`, async () => {
    const before = await stored();
    const clientId = ClientId.parse(randomUUID());
    line[trouble]();
    const [said, saidMs] = await timed(() => say(clientId));
    const [asked, askedMs] = await timed(() => owner.ask('GET', '/api/groups'));
    expect(said).toMatchObject({ fault: 'unavailable' });
    expect(asked).toMatchObject({ status: 503, body: { fault: 'unavailable' } });
    expect(Math.max(saidMs, askedMs)).toBeLessThan(2_500);
    expect(await stored()).toBe(before);

    line.mend();
    const [, healedMs] = await timed(() => until(async () => 'ok' in (await say(clientId))));
    expect(healedMs).toBeLessThan(5_000);
    expect(await stored()).toBe(before + 1);
    expect((await owner.ask('GET', '/api/groups')).status).toBe(200);
  });
}

test('[ST5] the server lives and is not ready while it cannot reach PostgreSQL', async () => {
  await until(isReady);
  line.cut();
  expect(await isReady()).toBe(false);
  expect(await send(app.url, 'GET', '/healthz')).toMatchObject({ status: 200, body: { alive: true } });
  line.mend();
  await until(isReady);
});
