import { expect, test } from 'vitest';
import { warning } from './lib/disk.js';

test('[ST1] a full disk is one sentence with what to do', () => {
  expect(warning('/srv/chat', 3 * 2 ** 20)).toMatch(
    /^The disk that holds \/srv\/chat is nearly full \(3 MB left\): make room/,
  );
  expect(warning('/srv/chat', 0)).toMatch(/^The disk that holds \/srv\/chat is full: make room/);
});
