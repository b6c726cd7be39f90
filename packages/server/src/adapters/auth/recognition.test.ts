import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../testing/engine.ts';
import type { Questions } from '../postgres/index.ts';
import { signed } from './cookies.ts';
import { createRecognition } from './recognition.ts';

const secret = randomBytes(32).toString('hex');
let engine: Engine;
let asked = 0;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const recognise = () => {
  const db: Questions = {
    query: (text, values) => {
      asked += 1;
      return engine.questions.query(text, values);
    },
  };
  const known = createRecognition({ db, secret, cookie: 'groupcast.session_token' });
  return (value: string) => known({ cookie: `other=1; groupcast.session_token=${encodeURIComponent(value)}; more=2` });
};

async function session(expiresAt = new Date(Date.now() + 60_000)) {
  const { user } = await engine.someone('Ann');
  const token = randomUUID();
  await engine.db.insertInto('sessions').values({ id: randomUUID(), userId: user, token, expiresAt }).execute();
  return { user, token };
}

test('[W1] a cookie that we signed, of a session that still is, names its person; every other names nobody', async () => {
  const { user, token } = await session();
  const who = recognise();
  const good = signed(token, secret);
  expect((await who(good))?.user).toBe(user);
  const over = await session(new Date(Date.now() - 1_000));
  const bad = [
    '',
    token,
    `${token}.`,
    signed(token, 'another secret'),
    `${good}=`,
    good.slice(0, -2),
    `x${good}`,
    signed(randomUUID(), secret),
    signed(over.token, secret),
  ];
  for (const value of bad) expect(await who(value)).toBeNull();
});

test('[W7] hundreds who come in one moment are asked for in one query', async () => {
  const sessions = await Promise.all(Array.from({ length: 50 }, () => session()));
  const who = recognise();
  asked = 0;
  const found = await Promise.all(sessions.map(({ token }) => who(signed(token, secret))));
  expect(found.map((actor) => actor?.user)).toEqual(sessions.map(({ user }) => user));
  expect(asked).toBe(1);
});
