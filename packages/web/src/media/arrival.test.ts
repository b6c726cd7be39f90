import { expect, test } from 'vitest';
import { type ArrivalCount, arrivalBetween, countIn } from './arrival.ts';

const zero: ArrivalCount = {
  ...{ at: 0, bytes: 0, packets: 0, lost: 0, frames: 0, waited: 0, emitted: 0, decoded: 0, height: 720 },
  roundTrip: 0.04,
};

test('[WA6] delay, size, rate and loss are those of the time between two looks', () => {
  const after = {
    ...zero,
    at: 2_000,
    bytes: 250_000,
    packets: 190,
    lost: 10,
    frames: 60,
    waited: 3,
    emitted: 60,
    decoded: 0.6,
  };
  expect(arrivalBetween(zero, after)).toEqual({
    // Half of 40 ms, 50 ms of waiting a frame, 10 ms of decoding.
    ...{ delayMs: 80, height: 720, framesPerSecond: 30, kilobitsPerSecond: 1_000, lostPercent: 5 },
  });
  expect(arrivalBetween(zero, zero)).toBeNull();
  expect(arrivalBetween(after, { ...after, at: 4_000 })).toBeNull();
});

test('[WA6] a report without a picture has no count', () => {
  expect(countIn([['a', { type: 'inbound-rtp', kind: 'audio' }]])).toBeNull();
  const report = [
    ['p', { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.02 }],
    ['v', { type: 'inbound-rtp', kind: 'video', timestamp: 5, framesDecoded: 7, frameHeight: 360 }],
  ] as const;
  expect(countIn(report)).toMatchObject({ at: 5, frames: 7, height: 360, roundTrip: 0.02, lost: 0 });
});
