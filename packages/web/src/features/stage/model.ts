import type { Guest, Layout, PageId, Stage, StagePart, UserId } from '@groupcast/protocol';

/** A live's stage as this page knows it: what all see, and what is this person's. Each has the newest version that came. */
export interface StageState {
  readonly stage: Stage;
  readonly part: StagePart;
}

/** What came is kept when it is newer than what was there. */
export function withStage(state: StageState, stage: Stage | undefined): StageState {
  return stage && stage.version > state.stage.version ? { ...state, stage } : state;
}
export function withPart(state: StageState, part: StagePart): StageState {
  return part.version > state.part.version ? { ...state, part } : state;
}

/** The answer to a join, which may be older than what came since. */
export function joinedStage(state: StageState | undefined, answer: StageState): StageState {
  const { stage, part } = answer;
  return state ? withPart(withStage(state, stage), part) : { stage, part };
}

/** What this person can do on this page. `place`: 1 is next; undefined for the moment in which the queue is not told yet. */
export type Offer =
  | { readonly type: 'nothing' }
  | { readonly type: 'ask'; readonly camera: boolean }
  | { readonly type: 'waiting'; readonly place: number | undefined; readonly since: number }
  | { readonly type: 'invited'; readonly camera: boolean; readonly until: number }
  | { readonly type: 'onStage'; readonly guest: Guest }
  | { readonly type: 'elsewhere'; readonly camera: boolean };

export function offerOf({ stage, part }: StageState, me: UserId, page: PageId): Offer {
  const guest = stage.guests.find(({ person }) => person.id === me);
  if (guest)
    return guest.page === page ? { type: 'onStage', guest } : { type: 'elsewhere', camera: guest.media === 'camera' };
  const { own } = part;
  switch (own.state) {
    case 'asking':
      return { type: 'waiting', place: placeOf(stage, own.since), since: own.since };
    case 'invited':
      return { type: 'invited', camera: own.media === 'camera', until: own.until };
    case 'onStage':
    case 'none':
      return stage.settings.mode === 'off'
        ? { type: 'nothing' }
        : { type: 'ask', camera: stage.settings.mode === 'camera' };
  }
}

function placeOf({ waiting }: Stage, since: number): number | undefined {
  const at = waiting.indexOf(since);
  return at < 0 ? undefined : at + 1;
}

/** How the pictures stand; with nobody and nothing beside the host there is one picture whatever was set. */
export function layoutOf({ guests, screen, settings: { layout } }: Stage): Layout | 'alone' {
  if (screen === null && guests.length === 0) return 'alone';
  return layout === 'screen' && screen === null ? 'host' : layout;
}

/** Guests whose pictures stand on the live's, in the order in which they came. */
export const guestsBeside = ({ guests }: Stage, me: UserId | null): readonly Guest[] =>
  [...guests].sort((a, b) => Number(b.person.id === me) - Number(a.person.id === me) || a.since - b.since);
