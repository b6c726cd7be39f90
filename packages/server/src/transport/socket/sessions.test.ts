import { closeCodes } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

test('[W8] a session that ended without a word is found when the person is looked at', async () => {
  const ann = await engine.someone('Ann');
  const client = await engine.open(ann);
  await engine.db.deleteFrom('sessions').where('userId', '=', ann.user).execute();
  engine.signals.emit({ type: 'personChanged', user: ann.user });
  expect((await client.closed).code).toBe(closeCodes.signedOut);
});

test('[W8] [MD3] a session that runs out is told to all who let somebody in by it, and its sockets close', async () => {
  const ann = await engine.someone('Ann');
  const ended: (readonly string[] | 'all')[] = [];
  const stop = engine.signals.on('sessionsEnded', ({ user, sessions }) => {
    if (user === ann.user) ended.push(sessions);
  });
  const [phone, laptop] = [await engine.open(ann), await engine.open(ann)];
  await engine.db
    .updateTable('sessions')
    .set({ expiresAt: new Date(Date.now() - 1_000) })
    .where('id', '=', ann.session)
    .execute();
  engine.signals.emit({ type: 'personChanged', user: ann.user });
  for (const client of [phone, laptop]) expect((await client.closed).code).toBe(closeCodes.signedOut);
  stop();
  expect(ended).toEqual([[ann.session]]);
});
