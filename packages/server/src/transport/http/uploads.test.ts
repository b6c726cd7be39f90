import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/app.ts';
import type { Person } from '../../testing/person.ts';
import { Uploads } from './uploads.ts';

let app: TestApp;
let ann: Person;
let bob: Person;
let path: string;
beforeAll(async () => {
  app = await startTestApp();
  const { owner, group, members } = await app.crowd(1);
  ann = owner;
  [bob] = members as [Person];
  path = `/api/groups/${group.id}/pictures`;
});
afterAll(() => app.close());

/** An upload that has sent its first bytes and keeps the rest to itself. */
function beginUpload({ cookie }: Person) {
  const outgoing = request(new URL(path, app.url), {
    method: 'POST',
    headers: { origin: app.url, cookie, 'content-type': 'image/png', 'content-length': 1_000_000 },
  });
  const answer = new Promise<{ status: number; retryAfter: string | undefined }>((resolve, reject) => {
    outgoing.on('response', ({ statusCode = 0, headers }) =>
      resolve({ status: statusCode, retryAfter: headers['retry-after'] }),
    );
    outgoing.on('error', reject);
  });
  answer.catch(() => {});
  outgoing.write(Buffer.alloc(1_000));
  return { answer, drop: () => outgoing.destroy() };
}

test('[PI4] one upload too many of a person is answered before its bytes are read; others’ are not, nor when one is over', async () => {
  const begun = Array.from({ length: 4 }, () => beginUpload(ann));
  const refused = await Promise.race(begun.map(async ({ answer }, index) => ({ index, ...(await answer) })));
  expect(refused).toMatchObject({ status: 503, retryAfter: '2' });
  const other = await bob.ask('POST', path, Buffer.from('no picture'));
  expect(other.body.fault).toBe('notAPicture');
  begun[refused.index === 0 ? 1 : 0]?.drop();
  await expect
    .poll(async () => (await ann.ask('POST', path, Buffer.from('no picture'))).body.fault)
    .toBe('notAPicture');
  for (const one of begun) one.drop();
});

test('[PI4] uploads of all together have a bound, and places come back', () => {
  const uploads = new Uploads();
  const entered = Array.from({ length: 20 }, (_, index) => uploads.enter(`person ${index}`));
  expect(entered.filter(Boolean)).toHaveLength(16);
  uploads.leave('person 0');
  expect(uploads.enter('person 20')).toBe(true);
  expect(uploads.enter('person 0')).toBe(false);
});
