import type { Event, Group, GroupId, GroupLine, UserId } from '@groupcast/protocol';

/** This person's groups as the list shows them. `loaded` is false until the first answer. */
export interface Groups {
  readonly loaded: boolean;
  readonly lines: readonly GroupLine[];
}

export const noGroups: Groups = { loaded: false, lines: [] };

/** The whole list, as it is now; how far one has read never goes back. */
export function groupsRead(state: Groups, lines: readonly GroupLine[]): Groups {
  const merged = lines.map((line) => {
    const before = lineOf(state, line.group.id);
    return before ? { ...line, readPosts: Math.max(line.readPosts, before.readPosts) } : line;
  });
  return { loaded: true, lines: newestFirst(merged) };
}

/** Events of `me` that change lines of the list. What one writes oneself is never unread. */
export function reduce(state: Groups, event: Event, me: UserId): Groups {
  switch (event.type) {
    case 'me.group':
      return change(state, event.group, (line) => ({
        ...line,
        posts: event.posts,
        readPosts: event.last?.by.id === me && event.posts > line.posts ? event.posts : line.readPosts,
        last: event.last,
        hosts: event.hosts,
      }));
    case 'me.read':
      return readUpTo(state, event.group, event.readPosts);
    default:
      return state;
  }
}

export const readUpTo = (state: Groups, group: GroupId, post: number): Groups =>
  change(state, group, (line) => (post > line.readPosts ? { ...line, readPosts: post } : line));

/** A group's name, picture or members are others now. */
export const groupChanged = (state: Groups, group: Group): Groups =>
  change(state, group.id, (line) => ({ ...line, group }));

export const groupGone = (state: Groups, group: GroupId): Groups => ({
  ...state,
  lines: state.lines.filter((line) => line.group.id !== group),
});

export const lineOf = (state: Groups, group: GroupId): GroupLine | undefined =>
  state.lines.find((line) => line.group.id === group);

export const unread = ({ posts, readPosts }: GroupLine): number => Math.max(0, posts - readPosts);

/** Unread messages of all groups but the one that is open. */
export const unreadElsewhere = (state: Groups, open?: GroupId): number =>
  state.lines.reduce((sum, line) => (line.group.id === open ? sum : sum + unread(line)), 0);

export function search(lines: readonly GroupLine[], words: string): readonly GroupLine[] {
  const wanted = words.trim().toLocaleLowerCase();
  return wanted ? lines.filter(({ group }) => group.name.toLocaleLowerCase().includes(wanted)) : lines;
}

function change(state: Groups, group: GroupId, next: (line: GroupLine) => GroupLine): Groups {
  let changed = false;
  const lines = state.lines.map((line) => {
    if (line.group.id !== group) return line;
    const after = next(line);
    changed ||= after !== line;
    return after;
  });
  return changed ? { ...state, lines: newestFirst(lines) } : state;
}

const newestFirst = (lines: readonly GroupLine[]): readonly GroupLine[] =>
  [...lines].sort((a, b) => (b.last?.at ?? b.group.since) - (a.last?.at ?? a.group.since));
