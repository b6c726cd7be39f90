import { LiveId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { Agreement } from './agreement.ts';

const live = LiveId.parse('00000000-0000-4000-8000-111111111111');
const other = LiveId.parse('00000000-0000-4000-8000-222222222222');

/** Looks that end when they are told to. */
function scene() {
  const looks: { readonly live: LiveId; end(): void; fail(): void }[] = [];
  const agreement = new Agreement((of) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly never[]>();
    looks.push({ live: of, end: () => resolve([]), fail: () => reject(new Error('away')) });
    return promise;
  });
  return { looks, agreement };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('[LM13] a room is mended by one hand at a time, and who asks meanwhile gets a look that begins later', async () => {
  const { looks, agreement } = scene();
  const first = agreement.on(live);
  const second = agreement.on(live);
  const third = agreement.on(live);
  void agreement.on(other);
  expect(looks.map((look) => look.live)).toEqual([live, other]);
  looks[0]?.end();
  await first;
  await settled();
  expect(looks.map((look) => look.live)).toEqual([live, other, live]);
  const fourth = agreement.on(live);
  looks[2]?.end();
  await Promise.all([second, third]);
  await settled();
  expect(looks).toHaveLength(4);
  looks[3]?.end();
  await fourth;
  void agreement.on(live);
  expect(looks).toHaveLength(5);
});

test('[LM13] a look that fails keeps nobody from the next', async () => {
  const { looks, agreement } = scene();
  const first = agreement.on(live);
  const second = agreement.on(live);
  looks[0]?.fail();
  await expect(first).rejects.toThrow('away');
  await settled();
  looks[1]?.end();
  await second;
  expect(looks).toHaveLength(2);
});
