import { expect, test } from 'vitest';
import { keepStill } from './keepStill.ts';

const still = new Blob(['still']);

function keeping() {
  const did: string[] = [];
  const world = { picture: still as Blob | null | undefined, reached: true, now: 0 };
  const say = async (what: string) => {
    did.push(what);
    return world.reached;
  };
  const look = keepStill(
    {
      frame: async () => world.picture,
      put: () => say('put'),
      drop: () => say('drop'),
      now: () => world.now,
    },
    8_000,
  );
  return { did, world, look };
}

test('[SL1] a still is put every eight seconds, and nothing while the picture has no frame', async () => {
  const { did, world, look } = keeping();
  for (let second = 0; second < 20; second += 1) {
    world.now = second * 1_000;
    world.picture = second === 8 ? null : still;
    await look();
  }
  expect(did).toEqual(['put', 'put', 'put']);
});

test('[SL1] a still whose taking away failed is taken away until it is gone', async () => {
  const { did, world, look } = keeping();
  await look();
  world.picture = undefined;
  world.reached = false;
  await look();
  await look();
  world.reached = true;
  await look();
  await look();
  expect(did).toEqual(['put', 'drop', 'drop', 'drop']);
});

test('[SL1] a still that may have arrived though its answer was lost is taken away with the camera', async () => {
  const { did, world, look } = keeping();
  world.picture = undefined;
  await look();
  world.picture = still;
  world.reached = false;
  await look();
  world.picture = undefined;
  world.reached = true;
  await look();
  expect(did).toEqual(['drop', 'put', 'drop']);
});

test('looks do not overlap', async () => {
  const open = Promise.withResolvers<boolean>();
  let puts = 0;
  const look = keepStill(
    {
      frame: async () => still,
      put: () => {
        puts += 1;
        return open.promise;
      },
      drop: async () => true,
      now: () => puts * 100_000,
    },
    8_000,
  );
  const first = look();
  await look();
  expect(puts).toBe(1);
  open.resolve(true);
  await first;
});
