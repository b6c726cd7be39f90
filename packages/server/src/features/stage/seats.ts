import type { GuestMedia, Layout, PageId, StageSettings, UserId } from '@groupcast/protocol';

/** By which page somebody asks or sends, and the session that has it open: what ends with either. */
export interface From {
  readonly page: PageId;
  readonly session: string;
}

/** One person's place in a live's lianmai. Times are PostgreSQL's, in epoch milliseconds. */
export type Seat =
  | (From & {
      readonly state: 'asking';
      readonly user: UserId;
      readonly media: GuestMedia;
      readonly since: number;
      readonly line: string | null;
    })
  | { readonly state: 'invited'; readonly user: UserId; readonly media: GuestMedia; readonly until: number }
  | (From & {
      readonly state: 'onStage';
      readonly user: UserId;
      readonly media: GuestMedia;
      readonly since: number;
      /** When the time is over; null: as long as the live goes on. */
      readonly until: number | null;
      readonly muted: boolean;
    });
export type OnStage = Extract<Seat, { state: 'onStage' }>;
export type Asking = Extract<Seat, { state: 'asking' }>;

/** The whole of a live's lianmai. */
export interface Stage {
  readonly version: number;
  readonly settings: StageSettings;
  /** The version that brought these settings. */
  readonly setAt: number;
  /** A person has one at most. */
  readonly seats: readonly Seat[];
  /** Who shows their screen: the host, or somebody on stage. */
  readonly screen: UserId | null;
  /** Members whom the host lets decide about guests. */
  readonly helpers: readonly UserId[];
  /** How the pictures stood before a screen came up. */
  readonly layoutBefore: Layout | null;
  /** How often each has been on stage. */
  readonly turns: Readonly<Record<UserId, number>>;
}

/** What every live starts from: no guests until the host wants some. */
export const emptyStage: Stage = {
  version: 0,
  settings: { mode: 'off', size: 4, limitMs: null, layout: 'host', screens: false },
  setAt: 0,
  seats: [],
  screen: null,
  helpers: [],
  layoutBefore: null,
  turns: {},
};

export const onStage = ({ seats }: Stage): OnStage[] => seats.filter((seat) => seat.state === 'onStage');
/** The first in line first. */
export const asking = ({ seats }: Stage): Asking[] =>
  seats.filter((seat) => seat.state === 'asking').toSorted((a, b) => a.since - b.since);
export const seatOf = ({ seats }: Stage, user: UserId | null): Seat | null =>
  seats.find((seat) => seat.user === user) ?? null;

/** Whoever showed a screen from a seat that is gone does so no longer. */
export function changed(stage: Stage, seats: readonly Seat[]): Stage {
  const { screen, version } = stage;
  const showed = seatOf(stage, screen)?.state === 'onStage';
  const shows = !showed || seats.some(({ user, state }) => user === screen && state === 'onStage');
  const next = { ...stage, version: version + 1, seats };
  return shows ? next : withScreen(next, null);
}

/** A screen comes up big; when the last is gone the pictures stand as they did, unless the host has set them since. */
export function withScreen(stage: Stage, screen: UserId | null): Stage {
  const { settings, layoutBefore } = stage;
  const { layout } = settings;
  if (stage.screen === null)
    return { ...stage, screen, settings: { ...settings, layout: 'screen' }, layoutBefore: layout };
  if (screen !== null) return { ...stage, screen };
  const back = layout === 'screen' ? (layoutBefore ?? 'host') : layout;
  return { ...stage, screen, settings: { ...settings, layout: back }, layoutBefore: null };
}

export function keep(stage: Stage, stays: (seat: Seat) => boolean): Stage {
  const seats = stage.seats.filter(stays);
  return seats.length === stage.seats.length ? stage : changed(stage, seats);
}

export const without = (stage: Stage, user: UserId, state: Seat['state']): Stage =>
  keep(stage, (seat) => seat.user !== user || seat.state !== state);

export const replaced = (stage: Stage, seat: Seat): Stage =>
  changed(
    stage,
    stage.seats.map((one) => (one.user === seat.user ? seat : one)),
  );
