import { limits } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { beaten, isGone, look, pardoned, pardonMs, type Signs } from './rules.ts';

const fresh: Signs = { beatAt: 0, leftAt: null };

test('[LV5] a closed tab is gone after 0.7 s, a lost line after five of silence', () => {
  const left = look(fresh, false, 1_000);
  expect(isGone('live', left, 1_699)).toBe(false);
  expect(isGone('live', left, 1_700)).toBe(true);
  expect(isGone('live', fresh, limits.hostSilenceMs)).toBe(false);
  expect(isGone('live', fresh, limits.hostSilenceMs + 1)).toBe(true);
  expect(isGone('live', beaten(fresh, 3_000), limits.hostSilenceMs + 1)).toBe(false);
});

test('[LV5] a line opened anew before that counts as never closed', () => {
  const back = look(look(fresh, false, 1_000), true, 1_500);
  expect(isGone('live', back, 3_000)).toBe(false);
  expect(isGone('live', look(back, false, 3_000), 3_600)).toBe(false);
});

test('[LV4] while preparing nothing beats yet, and a page has five seconds to find its line again', () => {
  const left = look(fresh, false, 0);
  expect(isGone('preparing', fresh, 50_000)).toBe(false);
  expect(isGone('preparing', left, limits.hostSilenceMs - 1)).toBe(false);
  expect(isGone('preparing', left, limits.hostSilenceMs)).toBe(true);
});

test('[LV5] after our own start nobody is judged until pages had their time to come back', () => {
  for (const state of ['live', 'preparing'] as const) {
    const waiting = look(pardoned(state, 0), false, 0);
    expect(isGone(state, waiting, pardonMs - 1)).toBe(false);
    expect(isGone(state, waiting, pardonMs + 1)).toBe(true);
  }
});
