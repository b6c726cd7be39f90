import { expect, test } from 'vitest';
import { lineIsDown } from './silence.ts';

test('[RM8] two seconds of silence, or a closed socket, is a line that is down', () => {
  expect(lineIsDown('open', 10_000, 11_900)).toBe(false);
  expect(lineIsDown('open', 10_000, 12_100)).toBe(true);
  expect(lineIsDown('down', 10_000, 10_100)).toBe(true);
});
