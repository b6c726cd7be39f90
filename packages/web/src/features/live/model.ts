import type { Card, Event, GroupId, GroupJoined, Live, LiveId, LiveResult, UserId } from '@groupcast/protocol';

/** The running lives of one group, as the group's channel tells them. */
export interface GroupLives {
  readonly version: number;
  readonly lives: readonly Live[];
  readonly viewers: Readonly<Record<string, number>>;
}

export const noLives: GroupLives = { version: -1, lives: [], viewers: {} };

/** After joining the group's channel: whole values, the newest version wins. */
export const livesJoined = (state: GroupLives, { running, viewers }: GroupJoined): GroupLives => ({
  ...(running.version >= state.version ? running : { version: state.version, lives: state.lives }),
  viewers,
});

/** Events of the group's channel that speak of lives; all others leave the state as it is. */
export function reduceLives(state: GroupLives, event: Event): GroupLives {
  if (event.type === 'group.counts') return { ...state, viewers: event.viewers };
  if (event.type !== 'group.lives' || event.version < state.version) return state;
  return { ...state, version: event.version, lives: event.lives };
}

export type Running = Extract<Live, { state: 'live' | 'interrupted' }>;

export const isRunning = (live: Live): live is Running => live.state === 'live' || live.state === 'interrupted';

/** What banner, sheet and switcher show: running lives, the oldest first, so that nothing jumps when one joins. */
export const running = ({ lives }: GroupLives): readonly Running[] =>
  lives.filter(isRunning).sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));

/** The lives before and after this one, round in a ring; none when it is the only one. */
export function neighbours(
  lives: readonly Running[],
  of: LiveId,
): { readonly next?: Running; readonly previous?: Running } {
  const at = lives.findIndex(({ id }) => id === of);
  if (at < 0 || lives.length < 2) return {};
  const around = (step: number) => lives[(at + step + lives.length) % lives.length];
  const [next, previous] = [around(1), around(-1)];
  return next && previous ? { next, previous } : {};
}

export const viewersOf = (state: GroupLives, live: LiveId): number => state.viewers[live] ?? 0;

/** What a card in the chat says. `waiting`: the group's lives are not known yet, or the result is on its way. */
export type CardView =
  | { readonly state: 'live'; readonly viewers: number; readonly own: boolean }
  | { readonly state: 'interrupted'; readonly viewers: number; readonly own: boolean; readonly until: number }
  | { readonly state: 'ended'; readonly result: LiveResult }
  | { readonly state: 'waiting' };

/** A result is final, whatever else is known; only what is running now is called live. */
export function cardView(card: Card, lives: GroupLives, me: UserId): CardView {
  if (card.result) return { state: 'ended', result: card.result };
  const live = lives.lives.find(({ id }) => id === card.live);
  if (!live || !isRunning(live)) return { state: 'waiting' };
  const own = live.host.id === me;
  const viewers = viewersOf(lives, live.id);
  return live.state === 'live'
    ? { state: 'live', viewers, own }
    : { state: 'interrupted', viewers, own, until: live.until };
}

/** The own live of this person that is running, in whichever group it is. */
export function ownRunning(groups: ReadonlyMap<GroupId, GroupLives>, me: UserId): Running | undefined {
  for (const lives of groups.values()) {
    const own = running(lives).find(({ host }) => host.id === me);
    if (own) return own;
  }
  return undefined;
}
