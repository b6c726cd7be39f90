import type { LiveId } from '@groupcast/protocol';
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
