import { randomUUID } from 'node:crypto';
import { ClientId, type Group, type GroupEntry, type History, limits, type Message } from '@groupcast/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type Client, connect } from '../../testing/client.ts';
import type { Person } from '../../testing/person.ts';
import { storeMessages } from './batch.ts';

let app: TestApp;
let people: { owner: Person; members: Person[] };
let group: Group;
let owner: Client;
let member: Client;

beforeAll(async () => {
  app = await startTestApp();
  people = await app.crowd(2);
});
afterAll(() => app.close());

beforeEach(async () => {
  group = await app.createGroup(people.owner);
  const { code } = await app.invite(people.owner, group.id);
  const [first] = people.members;
  if (!first) throw new Error('the crowd is empty');
  await app.join(first, code);
  owner = await connect({ url: app.url, cookie: people.owner.cookie });
  member = await connect({ url: app.url, cookie: first.cookie });
  return () => {
    owner.close();
    member.close();
  };
});

const newId = () => ClientId.parse(randomUUID());
const say = (who: Client, text: string, clientId = newId()) =>
  who.send({ type: 'message.send', group: group.id, clientId, body: { kind: 'text', text } });
const stored = () =>
  app.db.selectFrom('messages').selectAll().where('group_id', '=', group.id).orderBy('seq').execute();
const textOf = ({ body }: { body: unknown }): string => (body as { text?: string }).text ?? '';
/** All entries a client got in events, in the order they came. */
const entriesOf = (who: Client): GroupEntry[] => who.all('group.entries').flatMap(({ entries }) => entries);

describe('sending', () => {
  test('[MS1] what is acknowledged is in the database, and reaches who has the group open', async () => {
    await member.joinGroup(group.id);
    const answer = await say(owner, 'Good morning 早上好 👋');
    expect(answer).toMatchObject({ ok: { seq: 3 } });
    expect((await stored()).map(textOf).at(-1)).toBe('Good morning 早上好 👋');
    const { entries } = await member.next('group.entries');
    expect(entries).toMatchObject([{ type: 'posted', seq: 3, message: { by: { id: people.owner.id }, post: 1 } }]);
  });

  test('[MS1] when the commit fails nothing is acknowledged', async () => {
    await sql`alter table messages add constraint refuses check (false) not valid`.execute(app.db);
    const answer = await say(owner, 'lost');
    await sql`alter table messages drop constraint refuses`.execute(app.db);
    expect(answer).toMatchObject({ fault: 'internal', incident: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await stored()).toHaveLength(2);
    expect(await say(owner, 'here')).toMatchObject({ ok: { seq: 3 } });
  });

  test('[MS2] many at once get 1, 2, 3 … without holes, in the same order for everybody', async () => {
    await Promise.all([owner.joinGroup(group.id), member.joinGroup(group.id)]);
    await Promise.all(Array.from({ length: 40 }, (_, index) => say(index % 2 ? owner : member, `message ${index}`)));
    await Promise.all(
      [owner, member].map((who) => who.next('group.entries', ({ entries }) => entries.at(-1)?.seq === 42)),
    );
    const rows = await stored();
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 42 }, (_, index) => index + 1));
    expect(rows.map(({ post }) => post).filter((post) => post !== null)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    const order = rows.slice(2).map(({ seq, body }) => [seq, textOf({ body })]);
    for (const who of [owner, member]) {
      const seen = entriesOf(who).flatMap((entry) =>
        entry.type === 'posted' ? [[entry.seq, textOf(entry.message)]] : [],
      );
      expect(seen).toEqual(order);
    }
  });

  test('[MS3] a repeat answers what the first did and stores nothing, also all at once and with other text', async () => {
    const clientId = newId();
    const answers = await Promise.all(['once', 'once', 'twice', 'once'].map((text) => say(owner, text, clientId)));
    const later = await say(owner, 'thrice', clientId);
    for (const answer of [...answers, later]) expect(answer).toMatchObject({ ok: { seq: 3 } });
    expect(await stored()).toHaveLength(3);
    expect(await say(member, 'mine has the same id', clientId)).toMatchObject({ ok: { seq: 4 } });
  });

  test('[MS7] text is kept as it was meant: control characters go, markup stays text', async () => {
    await say(owner, '  two\r\n\tlines\u0000\u202e <img src=x onerror=alert(1)> \u200b\n\n\n\n\nend ');
    expect((await stored()).map(textOf).at(-1)).toBe('  two\n  lines <img src=x onerror=alert(1)>\n\n\nend');
  });

  test('[MS8] empty, too long or unseen text is invalid, and another group is not found', async () => {
    for (const text of ['', '   \n ', '\u200b\u2060\ufeff', 'x'.repeat(limits.messageLength + 1)]) {
      expect(await say(owner, text)).toMatchObject({ fault: 'invalid' });
    }
    expect(await say(owner, '字'.repeat(limits.messageLength))).toMatchObject({ ok: { seq: 3 } });
    const [, outsider] = people.members;
    const elsewhere = await connect({ url: app.url, cookie: outsider?.cookie ?? '' });
    const foreign = await say(elsewhere, 'hello?');
    const invented = await elsewhere.send({
      ...{ type: 'message.send', group: randomUUID() as Group['id'], clientId: newId() },
      body: { kind: 'text', text: 'hello?' },
    });
    expect(foreign).toMatchObject({ fault: 'notFound' });
    expect(invented).toMatchObject({ fault: 'notFound' });
    elsewhere.close();
  });
});

describe('history and resume', () => {
  /** Past the socket's limits on a person's commands, in batches as the socket's would be. */
  const fill = (count: number, textAt = (index: number) => `message ${index}`) =>
    storeMessages(
      app.db,
      Array.from({ length: count }, (_, index) => ({
        ...{ group: group.id, author: people.owner.id, clientId: newId() },
        body: { kind: 'text', text: textAt(index) },
      })),
    );

  test('[MS4] history goes back page by page to the first message, without gap or double', async () => {
    await fill(125);
    const joined = await member.joinGroup(group.id);
    expect(joined).toMatchObject({ fresh: true, more: true, seq: 127, posts: 125 });
    const seen: number[] = joined.entries.map(({ seq }) => seq);
    let more = joined.more;
    while (more) {
      const page = await people.owner.must<History>('GET', `/api/groups/${group.id}/messages?before=${seen[0]}`);
      seen.unshift(...page.messages.map(({ seq }) => seq));
      more = page.more;
    }
    expect(seen).toEqual(Array.from({ length: 127 }, (_, index) => index + 1));
    const bad = await people.owner.ask('GET', `/api/groups/${group.id}/messages?before=none`);
    expect(bad.body.fault).toBe('invalid');
  });

  test('[W7] who comes back with what it has seen gets exactly what it missed, changes too', async () => {
    await say(owner, 'one');
    const before = await member.joinGroup(group.id);
    await member.leave(`group:${group.id}`);
    await say(owner, 'two');
    await say(owner, 'three');
    await owner.send({ type: 'message.recall', group: group.id, seq: 4 });
    const after = await member.joinGroup(group.id, before.seq);
    expect(after).toMatchObject({ fresh: false, seq: 6 });
    expect(after.entries).toMatchObject([
      { type: 'posted', seq: 4, message: { body: { kind: 'recalled' } } },
      { type: 'posted', seq: 5 },
      { type: 'changed', seq: 6, of: 4, body: { kind: 'recalled' } },
    ]);
    expect((await member.joinGroup(group.id, 6)).entries).toEqual([]);
    expect(await member.joinGroup(group.id, 99)).toMatchObject({ fresh: true });
  });

  test('[W7] past five hundred missed entries it is a fresh start that says so', async () => {
    await fill(525);
    const back = await member.joinGroup(group.id, 2);
    expect(back).toMatchObject({ fresh: true, more: true, seq: 527 });
    expect(back.entries).toHaveLength(limits.freshEntries);
    expect((await member.joinGroup(group.id, 27)).entries).toHaveLength(500);
  });

  test('[W7] [W9] long messages missed are a fresh start that fits the line, and the page stays', async () => {
    await fill(100, () => '😀'.repeat(limits.messageLength));
    const back = await member.joinGroup(group.id, 2);
    expect(back).toMatchObject({ fresh: true, more: true, seq: 102 });
    const bytes = Buffer.byteLength(JSON.stringify(back.entries));
    expect(bytes).toBeLessThanOrEqual(limits.resumeBytes);
    expect(bytes).toBeGreaterThan(limits.resumeBytes / 2);
    expect(back.entries.map(({ seq }) => seq)).toEqual(
      Array.from({ length: back.entries.length }, (_, index) => 103 - back.entries.length + index),
    );
    expect(back.entries.length).toBeLessThan(limits.freshEntries);
    const short = await member.joinGroup(group.id, 82);
    expect(short.fresh).toBe(false);
    expect(short.entries).toHaveLength(20);
    const { messages } = await people.owner.must<History>(
      'GET',
      `/api/groups/${group.id}/messages?before=${back.entries[0]?.seq}`,
    );
    expect(messages.at(-1)?.seq).toBe((back.entries[0]?.seq ?? 0) - 1);
  });
});

describe('reading', () => {
  const unread = async (who: Client) => {
    const { groups } = await who.joinMe();
    const line = groups.find((one) => one.group.id === group.id);
    return (line?.posts ?? 0) - (line?.readPosts ?? 0);
  };

  test('[MS5] unread counts others’ posts only, and reading on one page clears it on all', async () => {
    const second = await connect({ url: app.url, cookie: people.members[0]?.cookie ?? '' });
    expect(await unread(member)).toBe(0);
    await second.joinMe();
    await say(owner, 'one');
    await say(owner, 'two');
    expect(await member.next('me.group', ({ posts }) => posts === 2)).toMatchObject({
      last: { text: 'two' },
      hosts: [],
    });
    expect(await unread(member)).toBe(2);
    expect(await unread(owner)).toBe(0);
    await member.send({ type: 'read.mark', group: group.id, post: 2 });
    expect(await second.next('me.read')).toMatchObject({ group: group.id, readPosts: 2 });
    expect(await unread(second)).toBe(0);
    await member.send({ type: 'read.mark', group: group.id, post: 1 });
    await member.send({ type: 'read.mark', group: group.id, post: 999 });
    await say(owner, 'three');
    expect(await unread(second)).toBe(1);
    second.close();
  });

  test('[MS5] who joins later has nothing unread, and a notice is no post', async () => {
    await say(owner, 'before');
    const [, late] = people.members;
    if (!late) throw new Error('the crowd is too small');
    await app.join(late, (await app.invite(people.owner, group.id)).code);
    const page = await connect({ url: app.url, cookie: late.cookie });
    expect(await unread(page)).toBe(0);
    expect(await unread(member)).toBe(1);
    page.close();
  });

  test('[MS8] nobody marks what is not theirs', async () => {
    const [, outsider] = people.members;
    const page = await connect({ url: app.url, cookie: outsider?.cookie ?? '' });
    const answer = await page.send({ type: 'read.mark', group: group.id, post: 1 });
    expect(answer).toMatchObject({ fault: 'notFound' });
    page.close();
  });
});

describe('taking away', () => {
  const everywhere = async () =>
    JSON.stringify([
      await stored(),
      await app.db.selectFrom('message_changes').selectAll().where('group_id', '=', group.id).execute(),
    ]);

  test('[MS6] a recalled text is gone from the database and from every page, also when repeated', async () => {
    await member.joinGroup(group.id);
    await say(owner, 'a secret slip');
    for (const _ of [1, 2]) {
      const answer = await owner.send({ type: 'message.recall', group: group.id, seq: 3 });
      expect(answer).toMatchObject({ ok: {} });
    }
    const changed = await member.next('group.entries', ({ entries }) => entries[0]?.type === 'changed');
    expect(changed.entries).toEqual([{ type: 'changed', seq: 4, of: 3, body: { kind: 'recalled' } }]);
    expect(await everywhere()).not.toContain('a secret slip');
    const { messages } = await people.owner.must<History>('GET', `/api/groups/${group.id}/messages?before=99`);
    expect(messages.at(-1)).toMatchObject({ seq: 3, post: 1, body: { kind: 'recalled' } } satisfies Partial<Message>);
    expect(JSON.stringify((await owner.joinGroup(group.id, 0)).entries)).not.toContain('a secret slip');
  });

  test('[MS6] after two minutes, or by another, there is no recall', async () => {
    await say(owner, 'old');
    await app.db
      .updateTable('messages')
      .set((eb) => ({ at: eb('at', '-', limits.recallMs + 1) }))
      .where('group_id', '=', group.id)
      .execute();
    const late = await owner.send({ type: 'message.recall', group: group.id, seq: 3 });
    expect(late).toMatchObject({ fault: 'recallTooLate' });
    await say(owner, 'mine');
    const foreign = await member.send({ type: 'message.recall', group: group.id, seq: 4 });
    expect(foreign).toMatchObject({ fault: 'notAllowed' });
    const never = await owner.send({ type: 'message.recall', group: group.id, seq: 99 });
    expect(never).toMatchObject({ fault: 'notFound' });
    expect(await everywhere()).toContain('mine');
  });

  test('[MS6] owner and admins delete at any time, members and notices do not', async () => {
    await say(member, 'unkind words');
    const own = await member.send({ type: 'message.delete', group: group.id, seq: 3 });
    expect(own).toMatchObject({ fault: 'notAllowed' });
    const notice = await owner.send({ type: 'message.delete', group: group.id, seq: 1 });
    expect(notice).toMatchObject({ fault: 'notAllowed' });
    expect(await owner.send({ type: 'message.delete', group: group.id, seq: 3 })).toMatchObject({ ok: {} });
    expect(await everywhere()).not.toContain('unkind words');
    const { messages } = await people.owner.must<History>('GET', `/api/groups/${group.id}/messages?before=4`);
    expect(messages.at(-1)?.body).toMatchObject({ kind: 'deleted', by: { id: people.owner.id } });
    const again = await member.send({ type: 'message.recall', group: group.id, seq: 3 });
    expect(again).toMatchObject({ ok: {} });
    const { groups } = await member.joinMe();
    expect(groups.find((line) => line.group.id === group.id)?.last).toMatchObject({ kind: 'deleted', text: '' });
  });
});
