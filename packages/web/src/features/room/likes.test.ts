import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acked, type Batch, type Likes, next, noLikes, resumed, shownTotal, tap } from './likes.ts';

const taps = (likes: Likes, count: number, total = 0) =>
  Array.from({ length: count }).reduce<Likes>((at) => tap(at, total), likes);

test('[RM4] taps go in one frozen batch; later ones wait for the next number', () => {
  const first = next(taps(noLikes, 3), 5_000);
  expect(first.send).toEqual({ batch: 1, taps: 3 });
  const later = taps(first.likes, 2);
  expect(next(later, 5_500).send).toBeNull();
  expect(next(later, 6_100).send).toEqual({ batch: 1, taps: 3 });
  expect(next(acked(later, 1, 3), 7_200).send).toEqual({ batch: 2, taps: 2 });
});

test('[RM4] an acknowledgement of another batch changes nothing', () => {
  const { likes } = next(taps(noLikes, 3), 5_000);
  expect(acked(likes, 7, 100)).toBe(likes);
});

test('[RM4] after the line broke the batch in flight is sent again at once, unchanged', () => {
  const { likes } = next(taps(noLikes, 3), 5_000);
  expect(next(taps(resumed(likes), 2), 5_050).send).toEqual({ batch: 1, taps: 3 });
});

test('[RM5] the total does not fall and does not count own taps twice', () => {
  const { likes } = next(taps(noLikes, 3, 10), 5_000);
  expect(shownTotal(likes, 10)).toBe(13);
  expect(shownTotal(likes, 13)).toBe(13);
  expect(shownTotal(likes, 20)).toBe(20);
  expect(shownTotal(acked(likes, 1, 13), 13)).toBe(13);
});

test('[RM4] whatever is lost on the way, every tap is stored once', () => {
  const step = fc.oneof(fc.constant('tap'), fc.constant('send'), fc.constant('lost'), fc.constant('resume'));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const server = { stored: 0, total: 0 };
      const store = ({ batch, taps: count }: Batch) => {
        if (batch === server.stored + 1) Object.assign(server, { stored: batch, total: server.total + count });
      };
      let likes = noLikes;
      let now = 10_000;
      let tapped = 0;
      const send = (heard: boolean) => {
        now += 1_000;
        const turn = next(likes, now);
        likes = turn.likes;
        if (!turn.send) return;
        store(turn.send);
        if (heard) likes = acked(likes, turn.send.batch, server.total);
      };
      for (const name of steps) {
        if (name === 'tap') {
          likes = tap(likes, server.total);
          tapped += 1;
        } else if (name === 'resume') likes = resumed(likes);
        else send(name === 'send');
        expect(shownTotal(likes, server.total)).toBeGreaterThanOrEqual(server.total);
      }
      for (let i = 0; i < 10; i += 1) send(true);
      expect(server.total).toBe(tapped);
    }),
  );
});
