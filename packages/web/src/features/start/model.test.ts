import type { GroupLine } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { stepsOf } from './model.ts';

const line = (memberCount: number, part: Partial<GroupLine> = {}) =>
  ({ group: { memberCount }, hosts: [], last: null, ...part }) as GroupLine;

test('the steps go one after the other', () => {
  expect(stepsOf([], false)).toEqual({ name: 'now', invite: 'later', live: 'later', over: false });
  expect(stepsOf([line(1)], false)).toMatchObject({ name: 'done', invite: 'now', live: 'later' });
  expect(stepsOf([line(1)], true)).toMatchObject({ invite: 'done', live: 'now', over: false });
});

test('a member who came counts as invited, a live as gone live, and then it is over', () => {
  expect(stepsOf([line(2)], false)).toMatchObject({ invite: 'done', live: 'now' });
  expect(stepsOf([line(2, { hosts: ['Lin'] })], false).over).toBe(true);
});

test('who has several groups needs no guide', () => {
  expect(stepsOf([line(1), line(1)], false).over).toBe(true);
});
