import { GroupId, type GroupLine, type MessagePreview, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { groupsRead, lineOf, noGroups, readUpTo, reduce, search, unread, unreadElsewhere } from './model.ts';

const id = (n: number) => GroupId.parse(`00000000-0000-4000-8000-00000000000${n}`);
const me = UserId.parse('00000000-0000-4000-8000-0000000000aa');
const other = UserId.parse('00000000-0000-4000-8000-0000000000bb');
const last = (at: number, by = other): MessagePreview => ({
  seq: at,
  by: { id: by, name: 'Lin', picture: null },
  at,
  kind: 'text',
  text: 'x',
});
const line = (n: number, part: Partial<GroupLine> = {}): GroupLine => ({
  group: { id: id(n), name: `Group ${n}`, picture: null, faces: [], memberCount: 2, role: 'member', since: n },
  posts: 5,
  readPosts: 5,
  last: last(n),
  hosts: [],
  ...part,
});
const three = groupsRead(noGroups, [line(1), line(2), line(3)]);
const order = (groups: typeof three) => groups.lines.map(({ group }) => group.name);

test('the group with the newest message stands first', () => {
  expect(order(three)).toEqual(['Group 3', 'Group 2', 'Group 1']);
  const after = reduce(three, { type: 'me.group', group: id(1), posts: 6, last: last(9), hosts: [] }, me);
  expect(order(after)[0]).toBe('Group 1');
});

test('[MS5] others raise the unread count, one’s own messages do not', () => {
  const theirs = reduce(three, { type: 'me.group', group: id(1), posts: 7, last: last(9), hosts: [] }, me);
  expect(theirs.lines.map(unread)).toEqual([2, 0, 0]);
  const mine = reduce(three, { type: 'me.group', group: id(1), posts: 6, last: last(9, me), hosts: [] }, me);
  expect(mine.lines.map(unread)).toEqual([0, 0, 0]);
});

test('[MS5] reading elsewhere clears the count here, and nothing brings it back', () => {
  const theirs = reduce(three, { type: 'me.group', group: id(1), posts: 7, last: last(9), hosts: [] }, me);
  const read = reduce(theirs, { type: 'me.read', group: id(1), readPosts: 7 }, me);
  expect(unreadElsewhere(read)).toBe(0);
  expect(readUpTo(read, id(1), 3)).toBe(read);
  const again = groupsRead(read, [line(1, { posts: 7, readPosts: 4 })]);
  expect(lineOf(again, id(1))?.readPosts).toBe(7);
});

test('the open group does not count as unread elsewhere', () => {
  const theirs = reduce(three, { type: 'me.group', group: id(1), posts: 7, last: last(9), hosts: [] }, me);
  expect(unreadElsewhere(theirs, id(1))).toBe(0);
  expect(unreadElsewhere(theirs, id(2))).toBe(2);
});

test('search finds names without regard to case', () => {
  expect(search(three.lines, ' group 2 ')).toHaveLength(1);
  expect(search(three.lines, 'zzz')).toHaveLength(0);
  expect(search(three.lines, '')).toHaveLength(3);
});
