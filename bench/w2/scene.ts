import { Group, GroupId, type GroupLine, Live, LiveId, type Me, type Person, UserId } from '@groupcast/protocol';

const since = 1_700_000_000_000;

export const live = LiveId.parse('00000000-0000-4000-8000-00000000a001');
export const group = GroupId.parse('00000000-0000-4000-8000-00000000b001');

const host: Person = { id: UserId.parse('00000000-0000-4000-8000-00000000c001'), name: '林老师', picture: null };

/** Who sits at the page that is measured. */
export const me: Me = {
  id: UserId.parse('00000000-0000-4000-8000-00000000d001'),
  username: 'mei',
  name: 'Mei',
  picture: null,
  operator: false,
  consent: null,
  since,
};

export const theGroup: Group = Group.parse({
  id: group,
  name: 'Spring Class',
  picture: null,
  faces: [host],
  memberCount: 300,
  role: 'member',
  since,
});

export const groupLine: GroupLine = { group: theGroup, posts: 0, readPosts: 0, last: null, hosts: [host.name] };

export const theLive: Live = Live.parse({
  id: live,
  group,
  host,
  topic: 'Tea for the fair 春季茶会',
  audioOnly: false,
  encoder: false,
  epoch: 1,
  state: 'live',
  since: Date.now(),
});
