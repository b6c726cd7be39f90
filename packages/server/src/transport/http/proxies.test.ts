import { expect, test } from 'vitest';
import { trustsOf } from './proxies.ts';

test('[W13] who hung up before anybody looked has no address, and that is no error', () => {
  const trusts = trustsOf('127.0.0.1, 10.0.0.0/8');
  expect(trusts(undefined)).toBe(false);
  expect(trusts('127.0.0.1')).toBe(true);
  expect(trusts('::ffff:10.1.2.3')).toBe(true);
});
