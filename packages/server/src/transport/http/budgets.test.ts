import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import { type HttpReply, type Person, send } from '../../testing/person.ts';

type Refusal = HttpReply<{ fault?: string; retryAfterMs?: number }>;

let app: TestApp;
let owner: Person;
let member: Person;
let group: string;
beforeAll(async () => {
  app = await startTestApp({ settings: { TRUSTED_PROXIES: '127.0.0.1' } });
  const crowd = await app.crowd(1);
  owner = crowd.owner;
  group = crowd.group.id;
  [member] = crowd.members as [Person];
});
afterAll(() => app.close());

/** Asks until it is refused for asking too often; answers how often it was not, and the refusal. */
async function untilRefused(ask: () => Promise<Refusal>, most: number): Promise<{ asked: number; last: Refusal }> {
  for (let asked = 0; asked <= most; asked += 1) {
    const last = await ask();
    if (last.status === 429) return { asked, last };
  }
  throw new Error(`${most} were not too many`);
}

test('[AC9] sign-ups of one address are limited before anything is looked at; other addresses’ are not', async () => {
  const from = (address: string) => () =>
    send(app.url, 'POST', '/api/account/sign-up', {}, { 'x-forwarded-for': address });
  const { asked, last } = await untilRefused(from('198.51.100.1'), 300);
  expect(asked).toBe(300);
  expect(last.body).toEqual({ fault: 'tooManyRequests', retryAfterMs: expect.any(Number) });
  expect(last.body.retryAfterMs).toBeLessThanOrEqual(60_000);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await from('198.51.100.2')()).status).toBe(400);
});

test('[AC9] groups, invites and uploads of one person are limited; another’s at the same address are not', async () => {
  const picture = Buffer.from('no picture');
  const asks: [number, (who: Person) => Promise<Refusal>][] = [
    [30, (who) => who.ask('POST', '/api/groups', { name: 'Tea', clientId: 'none' })],
    [100, (who) => who.ask('POST', `/api/groups/${group}/invites`, { clientId: randomUUID() })],
    [60, (who) => who.ask('PUT', '/api/me/picture', picture)],
  ];
  for (const [most, ask] of asks) {
    const { last } = await untilRefused(() => ask(owner), most);
    expect(last.body).toMatchObject({ fault: 'tooManyRequests', retryAfterMs: expect.any(Number) });
    expect((await ask(member)).status).not.toBe(429);
  }
  expect((await owner.ask('POST', `/api/groups/${group}/pictures`, picture)).status).toBe(429);
  expect((await owner.ask('GET', '/api/me')).status).toBe(200);
});
