import { expect, test } from 'vitest';
import { type KeepOpen, keepOpen, type Way } from './keepOpen.ts';

const open = (token: string): Way => ({ state: 'open', path: '/media', token });

function world(ways: Way[], stays: Record<string, boolean>) {
  const seen: string[] = [];
  const pauses: number[] = [];
  const ports: KeepOpen = {
    ask: async () => ways.shift() ?? { state: 'closed' },
    stay: async ({ token }) => {
      seen.push(token);
      return stays[token] ?? true;
    },
    mending: () => seen.push('mending'),
    pause: async (ms) => void pauses.push(ms),
    stopped: () => false,
  };
  return { ports, seen, pauses };
}

test('[RM10] a line that was given up is opened by a new way, until there is none', async () => {
  const { ports, seen } = world([open('a'), open('b'), { state: 'closed' }, open('never')], {});
  await keepOpen(ports);
  expect(seen).toEqual(['a', 'mending', 'b', 'mending']);
});

test('[RM10] while the server cannot answer, the page asks less and less often', async () => {
  const later: Way = { state: 'later' };
  const { ports, pauses } = world([later, later, later, later, later, open('a'), { state: 'closed' }], {});
  await keepOpen(ports);
  expect(pauses).toEqual([200, 500, 1_000, 2_000, 2_000, 200]);
});

test('[RM10] a way that does not open is not tried twice', async () => {
  const { ports, seen, pauses } = world([open('bad'), open('good')], { bad: false });
  await keepOpen(ports);
  expect(seen).toEqual(['bad', 'mending', 'good', 'mending']);
  expect(pauses).toEqual([200, 200]);
});

test('[RM10] who has stopped asks no more', async () => {
  let asked = 0;
  const { ports } = world([], {});
  const ask = async () => {
    asked += 1;
    return open('a');
  };
  await keepOpen({ ...ports, ask, stopped: () => asked > 0 });
  expect(asked).toBe(1);
});
