import { expect, test } from 'vitest';
import { ok } from '../core/index.ts';
import { oneAtATime } from './queue.ts';

test('[PI4] one is worked on, a few wait, one more is told to come back; when one is done there is a place again', async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  let atOnce = 0;
  const encode = oneAtATime(async (bytes) => {
    atOnce += 1;
    expect(atOnce).toBe(1);
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    await gate.promise;
    atOnce -= 1;
    if (bytes.length === 0) throw new Error('a bug');
    return ok(bytes.length);
  }, 2);

  const [first, second, third] = [encode(Buffer.alloc(0)), encode(Buffer.alloc(2)), encode(Buffer.alloc(3))];
  expect(await encode(Buffer.alloc(4))).toEqual({ fault: 'busy', retryAfterMs: expect.any(Number) });
  await expect.poll(() => gates.length).toBe(1);
  gates[0]?.resolve();
  await expect(first).rejects.toThrow('a bug');
  const fifth = encode(Buffer.alloc(5));
  for (const turn of [1, 2, 3]) {
    await expect.poll(() => gates.length).toBe(turn + 1);
    gates[turn]?.resolve();
  }
  expect(await Promise.all([second, third, fifth])).toEqual([ok(2), ok(3), ok(5)]);
});
