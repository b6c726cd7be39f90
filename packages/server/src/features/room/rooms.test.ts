import { randomUUID } from 'node:crypto';
import { type LiveId, LiveJoined } from '@groupcast/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../testing/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ limits: { socketsPerPerson: 100 } });
});
afterAll(() => engine.close());

async function scene() {
  const [host, bob, cem] = [await engine.someone('Host'), await engine.someone('Bob'), await engine.someone('Cem')];
  const group = await engine.group(host, bob, cem);
  return { host, bob, cem, group, live: await engine.live(group, host) };
}

/** Comments by the hand of the database, which no server has told of. */
async function fill(live: LiveId, author: { user: string }, count: number): Promise<void> {
  await engine.pool.query(
    `with bumped as (
       update live_counters set seq = seq + $3::int, comments = comments + $3::int where live_id = $1 returning seq - $3::int as base
     )
     insert into comments (live_id, seq, author, client_id, at, text)
     select $1, base + n, $2, gen_random_uuid(), now_ms(), 'text ' || (base + n) from bumped, generate_series(1, $3::int) n`,
    [live, author.user, count],
  );
}

test('[W7] a page that comes back gets exactly what it missed; past 500 a fresh start that says so', async () => {
  const { bob, live } = await scene();
  await fill(live, bob, 620);
  const client = await engine.open(bob);
  const fresh = await client.joinLive(live);
  expect([fresh.seq, fresh.fresh, fresh.more, fresh.entries.length]).toEqual([620, true, true, 50]);
  const resumed = await client.joinLive(live, 120);
  expect([resumed.fresh, resumed.more]).toEqual([false, false]);
  expect(resumed.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 500 }, (_, i) => i + 121));
  expect(await client.joinLive(live, 119)).toMatchObject({ fresh: true, seq: 620 });
  expect(await client.joinLive(live, 620)).toMatchObject({ fresh: false, entries: [] });
  expect(await client.joinLive(live, 621)).toMatchObject({ fresh: true });
});

test('[W7] however many come back at once to a server that has just started, a live costs two queries', async () => {
  const { bob, cem, live } = await scene();
  await fill(live, bob, 100);
  const asked: string[] = [];
  const fresh = await startEngine({ database: engine.database, limits: { socketsPerPerson: 500 } });
  const clients = await Promise.all(Array.from({ length: 60 }, (_, i) => fresh.open(i % 2 ? bob : cem)));
  const connect = fresh.pool.connect.bind(fresh.pool);
  const heard = new WeakSet<object>();
  Object.assign(fresh.pool, {
    async connect() {
      const client = await connect();
      if (heard.has(client)) return client;
      heard.add(client);
      const query = client.query.bind(client);
      return Object.assign(client, {
        query(...args: [string]) {
          asked.push(String(args[0]));
          return query(...args);
        },
      });
    },
  });
  const answers = await Promise.all(clients.map((client) => client.joinLive(live, 40)));
  expect(answers.every(({ entries }) => entries.length === 60)).toBe(true);
  // Attendance and the comparison of heads go on meanwhile, and cost the same whoever comes.
  const forLives = asked.filter((text) => /live_counters counter|"lives"/.test(text));
  expect(forLives).toHaveLength(2);
  expect(asked.filter((text) => /\bmembers\b/.test(text))).toHaveLength(1);
  await fresh.close();
});

test('[GR4] [W5] who has left is not let into a room that is open, and who joined meanwhile is', async () => {
  const { bob, cem, host, group, live } = await scene();
  const dan = await engine.someone('Dan');
  const [hostPage, bobPage, danPage, cemPage] = [
    await engine.open(host),
    await engine.open(bob),
    await engine.open(dan),
    await engine.open(cem),
  ];
  await hostPage.joinLive(live);
  expect(await danPage.join(`live:${live}`)).toMatchObject({ fault: 'notFound' });
  await engine.db.insertInto('members').values({ group_id: group, user_id: dan.user, role: 'member' }).execute();
  // Nobody was told of it: what memory does not know is asked of PostgreSQL.
  expect((await danPage.joinLive(live)).live.id).toBe(live);
  await engine.db.deleteFrom('members').where('user_id', '=', bob.user).execute();
  engine.signals.emit({ type: 'memberGone', group, user: bob.user });
  expect(await bobPage.join(`live:${live}`)).toMatchObject({ fault: 'notFound' });
  expect((await cemPage.joinLive(live)).live.id).toBe(live);
});

test('[CM2] what was committed and never told is found within some seconds, entries, counters and state', async () => {
  const { bob, host, live } = await scene();
  const client = await engine.open(bob);
  const joined = LiveJoined.parse((await client.joinLive(live)) as unknown);
  expect(joined.entries).toEqual([]);
  await fill(live, host, 3);
  await engine.pool.query('update live_counters set likes = likes + 9 where live_id = $1', [live]);
  await engine.end(live, false);
  const entries = await client.next('live.tick', (tick) => tick.entries !== undefined);
  expect(entries.entries?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  await client.next('live.tick', ({ state }) => state?.state === 'ended');
  await client.next('live.tick', ({ counters }) => counters?.likes === 9 && counters.comments === 3);
});

test('[CM2] a version of a group’s lives that was never told is found, and told once', async () => {
  const { bob, group } = await scene();
  const client = await engine.open(bob);
  await client.joinGroup(group);
  await engine.pool.query('update group_counters set lives_version = lives_version + 1 where group_id = $1', [group]);
  const event = await client.next('group.lives');
  expect(event).toMatchObject({ version: 1, lives: [{ state: 'live' }] });
  await engine.pool.query('update group_counters set lives_version = lives_version + 1 where group_id = $1', [group]);
  await client.next('group.lives', ({ version }) => version === 2);
  expect(client.all('group.lives').map(({ version }) => version)).toEqual([1, 2]);
});

test('[W5] a live that is being prepared is its host’s alone; an ended one can be seen by members', async () => {
  const { bob, cem, group } = await scene();
  const preparing = await engine.live(group, bob, 'preparing');
  const [bobPage, cemPage] = [await engine.open(bob), await engine.open(cem)];
  expect((await bobPage.joinLive(preparing)).live.state).toBe('preparing');
  expect(await cemPage.join(`live:${preparing}`)).toMatchObject({ fault: 'notFound' });
  const over = await engine.live(group, cem);
  await engine.end(over);
  expect((await bobPage.joinLive(over)).live.state).toBe('ended');
});

test('[VW1] [VW2] room and group learn within a second who watches; two pages are one viewer, the host is none', async () => {
  const { host, bob, cem, group, live } = await scene();
  const [hostPage, one, two, other] = [
    await engine.open(host),
    await engine.open(bob),
    await engine.open(bob),
    await engine.open(cem),
  ];
  await other.joinGroup(group);
  await hostPage.joinLive(live);
  await one.joinLive(live);
  expect((await two.joinLive(live)).counters.viewers).toBe(1);
  const from = performance.now();
  expect((await other.joinLive(live)).counters.viewers).toBe(2);
  await hostPage.next('live.tick', ({ counters }) => counters?.viewers === 2);
  await other.next('group.counts', ({ viewers }) => viewers[live] === 2);
  expect(performance.now() - from).toBeLessThan(1_500);
  expect((await (await engine.open(bob)).joinGroup(group)).viewers).toEqual({ [live]: 2 });

  one.socket.terminate();
  const gone = performance.now();
  await two.leave(`live:${live}`);
  await hostPage.next('live.tick', ({ counters }) => counters?.viewers === 1 && hostPage.all('live.tick').length > 1);
  expect(performance.now() - gone).toBeLessThan(1_500);
});

test('[VW3] attendance is in the ledger from coming to going, per page, and is closed by the end', async () => {
  const { host, bob, cem, live } = await scene();
  const [hostPage, bobPage, cemPage] = [await engine.open(host), await engine.open(bob), await engine.open(cem)];
  await Promise.all([hostPage, bobPage, cemPage].map((client) => client.joinLive(live)));
  for (let n = 0; n < 2; n += 1) await bobPage.next('pulse', (pulse) => bobPage.all('pulse').indexOf(pulse) === n);
  await bobPage.leave(`live:${live}`);
  await engine.end(live);
  await engine.room.settle(live);
  const rows = await engine.db.selectFrom('attendance').selectAll().where('live_id', '=', live).execute();
  expect(rows.map(({ user_id }) => user_id).toSorted()).toEqual([bob.user, cem.user].toSorted());
  const { ended_at } = await engine.db
    .selectFrom('lives')
    .select('ended_at')
    .where('id', '=', live)
    .executeTakeFirstOrThrow();
  for (const { from_at, until_at, closed } of rows) {
    expect(closed).toBe(true);
    expect(until_at - from_at).toBeGreaterThanOrEqual(1_000);
    expect(until_at).toBeLessThanOrEqual(ended_at ?? 0);
  }
});

test('[VW3] what a server left open when it died is closed at the next start, where it was known last', async () => {
  const { bob, live } = await scene();
  const { now } = (await engine.pool.query('select now_ms() as now')).rows[0];
  const stay = (page: string, until: number) =>
    engine.pool.query('insert into attendance values ($1, $2, $3, $4, $5)', [
      live,
      bob.user,
      page,
      now - 100_000,
      until,
    ]);
  await stay(randomUUID(), now - 60_000);
  await stay(randomUUID(), now - 5_000);
  const next = await startEngine({ database: engine.database });
  await (await next.open(bob)).joinLive(live);
  const rows = await engine.db
    .selectFrom('attendance')
    .select(['until_at', 'closed'])
    .where('live_id', '=', live)
    .where('from_at', '=', now - 100_000)
    .orderBy('until_at')
    .execute();
  expect(rows).toEqual([
    { until_at: now - 60_000, closed: true },
    { until_at: now - 5_000, closed: false },
  ]);
  await next.close();
});
