import type { Guest, OwnSeat, Person, StagePart, StageQueue, UserId, Stage as Wire } from '@groupcast/protocol';
import { asking, onStage, type Seat, type Stage, seatOf } from './seats.ts';

/** A stage with the persons it names. */
export interface Staged {
  readonly stage: Stage;
  readonly people: ReadonlyMap<UserId, Person>;
}

/** What everybody in the live sees. */
export function sharedView({ stage, people }: Staged): Wire {
  return {
    version: stage.version,
    settings: stage.settings,
    guests: onStage(stage).map(
      ({ user, page, media, since, until, muted }): Guest => ({
        person: personOf(people, user),
        ...{ page, media, since, until, muted },
      }),
    ),
    screen: stage.screen,
    helpers: stage.helpers.map((user) => personOf(people, user)),
    waiting: asking(stage).map(({ since }) => since),
  };
}

/** What is one person's alone; the queue with its names is the host's and the helpers'. */
export function partOf(staged: Staged, user: UserId, isHost: boolean): StagePart {
  const { stage } = staged;
  return {
    version: stage.version,
    own: ownOf(seatOf(stage, user)),
    queue: isHost || stage.helpers.includes(user) ? queueOf(staged) : null,
  };
}

function ownOf(seat: Seat | null): OwnSeat {
  switch (seat?.state) {
    case undefined:
      return { state: 'none' };
    case 'asking':
      return { state: 'asking', page: seat.page, media: seat.media, since: seat.since };
    case 'invited':
      return { state: 'invited', media: seat.media, until: seat.until };
    case 'onStage':
      return { state: 'onStage', page: seat.page, media: seat.media };
  }
}

function queueOf({ stage, people }: Staged): StageQueue {
  return {
    asking: asking(stage).map(({ user, media, since, line }) => ({
      person: personOf(people, user),
      ...{ media, since, line },
      turns: stage.turns[user] ?? 0,
    })),
    invited: stage.seats.flatMap((seat) =>
      seat.state === 'invited' ? [{ person: personOf(people, seat.user), media: seat.media, until: seat.until }] : [],
    ),
  };
}

/** Who is being taken away at this very moment has no name any more. */
const personOf = (people: ReadonlyMap<UserId, Person>, user: UserId): Person =>
  people.get(user) ?? { id: user, name: '', picture: null };

/** The persons whose own part differs between two values of a stage; a helper's differs with every change. */
export function touched(before: Stage, after: Stage): UserId[] {
  const users = new Set([...before.seats, ...after.seats].map(({ user }) => user));
  const changed = [...users].filter((user) => seatOf(before, user) !== seatOf(after, user));
  return [...changed, ...before.helpers, ...after.helpers];
}
