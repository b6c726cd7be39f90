import { api } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { pathOf, read } from './client.ts';

test('names in a path are filled in and cannot leave it', () => {
  expect(pathOf(api.invite, { params: { code: 'a/../b?c' } })).toBe('/api/invites/a%2F..%2Fb%3Fc');
  expect(pathOf(api.history, { params: { group: 'g' }, query: { before: 7 } })).toBe('/api/groups/g/messages?before=7');
});

test('a reply that does not fit its schema is internal, never half-read', () => {
  expect(read(api.site, true, { owned: true, openSignUp: false })).toEqual({ ok: { owned: true, openSignUp: false } });
  expect(read(api.site, true, { owned: 'yes' })).toEqual({ fault: 'internal' });
});

test('a refusal keeps its code, number and wait; an unknown code is internal', () => {
  expect(read(api.site, false, { fault: 'tooManyRequests', retryAfterMs: 5 })).toEqual({
    fault: 'tooManyRequests',
    retryAfterMs: 5,
  });
  expect(read(api.site, false, { fault: 'fromTheFuture', incident: 'x1' })).toEqual({
    fault: 'internal',
    incident: 'x1',
  });
  expect(read(api.site, false, '<html>')).toEqual({ fault: 'internal' });
});
