import { LiveId } from '@groupcast/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Wire } from '../../realtime/wire.ts';
import { Ways } from './ways.ts';

const live = LiveId.parse('0f8fad5b-d9cb-469f-a165-70867728950e');

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A wire that counts what it is asked, and answers in turn. */
function wireThat(...faults: readonly (string | undefined)[]) {
  const asked: unknown[] = [];
  const send = async (command: unknown) => {
    const fault = faults[asked.push(command) - 1];
    return fault ? { fault } : { ok: { path: '/media', token: `token ${asked.length}`, until: 0 } };
  };
  return { asked, ways: new Ways({ send } as unknown as Wire) };
}

test('a way fetched ahead is used once, and asked for only once while it is fresh', async () => {
  const { asked, ways } = wireThat();
  ways.prepare(live);
  ways.prepare(live);
  expect(asked).toEqual([{ type: 'media.join', live }]);
  expect(await ways.take(live)).toMatchObject({ state: 'open', token: 'token 1' });
  expect(await ways.take(live)).toMatchObject({ state: 'open', token: 'token 2' });
});

test('a way that has become old is not used', async () => {
  const { ways } = wireThat();
  ways.prepare(live);
  vi.advanceTimersByTime(90_000);
  expect(await ways.take(live)).toMatchObject({ token: 'token 2' });
});

test('a refusal that was fetched ahead is asked about again at the tap', async () => {
  const { ways } = wireThat('unavailable', undefined, 'notFound');
  ways.prepare(live);
  expect(await ways.take(live)).toMatchObject({ state: 'open', token: 'token 2' });
  expect(await ways.take(live)).toEqual({ state: 'closed' });
});
