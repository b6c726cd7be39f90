import { randomUUID } from 'node:crypto';
import { ClientId, type LiveId } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from '../../testing/client.ts';
import { type Engine, startEngine } from '../../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.close());

async function scene() {
  const host = await engine.someone('Host');
  const [lin, wu] = [await engine.someone('Lin'), await engine.someone('Wu')];
  const group = await engine.group(host, lin, wu);
  const live = await engine.live(group, host);
  const [hostPage, linPage, wuPage] = [await engine.open(host), await engine.open(lin), await engine.open(wu)];
  for (const page of [hostPage, linPage, wuPage]) await page.joinLive(live);
  await linPage.joinMe();
  return { host, lin, wu, group, live, hostPage, linPage, wuPage };
}

const say = (page: Client, live: LiveId, text: string) =>
  page.send({ type: 'comment.send', live, clientId: ClientId.parse(randomUUID()), text });
const textsOf = async (live: LiveId) =>
  (await engine.db.selectFrom('comments').select('text').where('live_id', '=', live).orderBy('seq').execute()).map(
    ({ text }) => text,
  );

test('[MU1] [MU2] who is muted is told until when, is refused with the time left, and the others’ places have no hole', async () => {
  const { lin, live, hostPage, linPage, wuPage } = await scene();
  expect(await say(linPage, live, 'one')).toMatchObject({ ok: { seq: 1 } });
  const told = linPage.next('me.muted', (event) => event.live === live);
  expect(await hostPage.send({ type: 'room.mute', live, user: lin.user, ms: 60_000 })).toMatchObject({ ok: {} });
  const { until } = await told;
  expect(Math.abs((until ?? 0) - Date.now() - 60_000)).toBeLessThan(5_000);

  const together = await Promise.all([
    say(linPage, live, 'muted'),
    say(wuPage, live, 'two'),
    say(linPage, live, 'muted, too'),
    say(hostPage, live, 'three'),
  ]);
  const [first, , third] = together as { fault?: string; retryAfterMs?: number }[];
  expect([first?.fault, third?.fault]).toEqual(['muted', 'muted']);
  expect(first?.retryAfterMs).toBeGreaterThan(50_000);
  expect(first?.retryAfterMs).toBeLessThanOrEqual(60_000);
  const places = [together[1], together[3]].map((answer) => (answer as { ok: { seq: number } }).ok.seq);
  expect(places.toSorted()).toEqual([2, 3]);
  expect(await textsOf(live)).not.toContain('muted');
  expect(await linPage.send({ type: 'like.send', live, batch: 1, taps: 3 })).toMatchObject({ ok: { counted: 3 } });

  const freed = linPage.next('me.muted', (event) => event.until === null);
  expect(await hostPage.send({ type: 'room.mute', live, user: lin.user, ms: 0 })).toMatchObject({ ok: {} });
  await freed;
  expect(await say(linPage, live, 'four')).toMatchObject({ ok: { seq: 4 } });
});

test('[MU2] a mute passes by itself, and what was acknowledged before it is answered again', async () => {
  const { lin, live, hostPage, linPage } = await scene();
  const clientId = ClientId.parse(randomUUID());
  const comment = { type: 'comment.send', live, clientId, text: 'before' } as const;
  const placed = (await linPage.send(comment)) as { ok: object };
  await hostPage.send({ type: 'room.mute', live, user: lin.user, ms: 10_000 });
  expect(await linPage.send(comment)).toMatchObject({ ok: placed.ok });
  expect(await say(linPage, live, 'while')).toMatchObject({ fault: 'muted' });
  await sql`update mutes set until = now_ms() where live_id = ${live}`.execute(engine.db);
  expect(await say(linPage, live, 'after')).toMatchObject({ ok: { seq: 2 } });
});

test('[MU1] [SR5] who may not mute does nothing, and every mute is in the log', async () => {
  const { host, wu, group, live, hostPage, linPage } = await scene();
  const mute = (page: Client, user = wu.user, ms = 60_000) => page.send({ type: 'room.mute', live, user, ms } as never);
  expect(await mute(linPage)).toMatchObject({ fault: 'notAllowed' });
  expect(await mute(linPage, host.user)).toMatchObject({ fault: 'notAllowed' });
  expect(await mute(hostPage, host.user)).toMatchObject({ fault: 'notAllowed' });
  for (const ms of [9_999, 86_400_001, -1, 0.5])
    expect(await mute(hostPage, wu.user, ms)).toMatchObject({ fault: 'invalid' });
  const stranger = await engine.someone('Stranger');
  expect(await mute(hostPage, stranger.user)).toMatchObject({ fault: 'notFound' });
  const strangerPage = await engine.open(stranger);
  expect(await mute(strangerPage)).toMatchObject({ fault: 'notFound' });

  await mute(hostPage);
  await mute(hostPage, wu.user, 0);
  await mute(hostPage, wu.user, 0);
  const acts = await engine.db
    .selectFrom('audit')
    .select(['act', 'about', 'text'])
    .where('group_id', '=', group)
    .orderBy('id')
    .execute();
  expect(acts).toEqual([
    { act: 'muted', about: wu.user, text: '60' },
    { act: 'unmuted', about: wu.user, text: '' },
  ]);
});
