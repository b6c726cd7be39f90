import { randomUUID } from 'node:crypto';
import { ClientId, type LiveId } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../testing/engine.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/environment/index.ts';
import { type Line, startLine } from '../../testing/line.ts';

let database: TestDatabase;
let line: Line;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase();
  line = await startLine(database.appUrl);
  engine = await startEngine({ database: { ...database, appUrl: line.url } });
});
afterAll(async () => {
  await engine.close();
  await line.close();
  await database.drop();
});

for (const trouble of ['cut', 'freeze'] as const) {
  test(`[LK1] with PostgreSQL gone (${trouble}) no like is acknowledged, nobody waits long at a live's door, and both heal`, async () => {
    const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
    const group = await engine.group(ann, bob);
    const live = await engine.live(group, ann);
    const unopened = await engine.live(group, bob);
    const inside = await engine.open(bob);
    await inside.joinLive(live);
    const outside = await engine.open(ann);
    const likes = (batch: number) => inside.send({ type: 'like.send', live, batch, taps: 1 });
    const join = (to: LiveId) => outside.send({ type: 'channel.join', channel: `live:${to}` });

    line[trouble]();
    const from = performance.now();
    expect(await Promise.all([likes(1), join(unopened), join(live)])).toMatchObject([
      { fault: 'unavailable' },
      { fault: 'unavailable' },
      // A room that is open needs nobody to be asked.
      { ok: { live: { id: live } } },
    ]);
    expect(performance.now() - from).toBeLessThan(3_500);

    line.mend();
    const mendedAt = performance.now();
    while ('fault' in (await likes(1))) expect(performance.now() - mendedAt).toBeLessThan(5_000);
    while ('fault' in (await join(unopened))) expect(performance.now() - mendedAt).toBeLessThan(5_000);
    expect(await likes(2)).toMatchObject({ ok: { counted: 1, total: 2 } });
  });
}

for (const trouble of ['cut', 'freeze'] as const) {
  test(`[ST6] with PostgreSQL gone (${trouble}) every comment hears so in about two seconds, the first and those behind it, and is taken soon after`, async () => {
    const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
    const live = await engine.live(await engine.group(ann, bob), ann);
    const page = await engine.open(bob);
    await page.joinLive(live);
    const comment = async (clientId = ClientId.parse(randomUUID())) => {
      const from = performance.now();
      const answer = await page.send({ type: 'comment.send', live, clientId, text: 'still there?' });
      return { answer, waitedMs: performance.now() - from };
    };

    line[trouble]();
    // One that goes out on whatever connection there is, and others while it waits and after it.
    const waiting = [comment()];
    for (let n = 0; n < 5; n += 1) {
      await page.next('pulse', (pulse) => page.all('pulse').indexOf(pulse) === n);
      waiting.push(comment());
    }
    for (const { answer, waitedMs } of await Promise.all(waiting)) {
      expect(answer).toMatchObject({ fault: 'unavailable' });
      expect(waitedMs).toBeLessThan(2_500);
    }

    line.mend();
    const mendedAt = performance.now();
    const clientId = ClientId.parse(randomUUID());
    while ('fault' in (await comment(clientId)).answer) expect(performance.now() - mendedAt).toBeLessThan(5_000);
  });
}
