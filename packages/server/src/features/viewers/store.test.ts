import { randomUUID } from 'node:crypto';
import { type LiveId, PageId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../testing/engine.ts';
import { createStayStore } from './store.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

const staysOf = async (live: LiveId) =>
  (await engine.db.selectFrom('attendance').select('closed').where('live_id', '=', live).execute()).length;

test('[SU1] a stay that is written after the numbers were settled is too late, so that both say the same', async () => {
  const [ann, bob] = [await engine.someone('Ann'), await engine.someone('Bob')];
  const live = await engine.live(await engine.group(ann, bob), ann);
  const store = createStayStore(engine.questions);
  const save = () =>
    store.save([
      {
        live,
        user: bob.user,
        page: PageId.parse(randomUUID()),
        from: Date.now() - 9_000,
        until: Date.now(),
        closed: true,
      },
    ]);
  await engine.end(live);
  await save();
  expect(await staysOf(live)).toBe(1);
  await sql`update lives set viewers = 1 where id = ${live}`.execute(engine.db);
  await save();
  expect(await staysOf(live)).toBe(1);
});
