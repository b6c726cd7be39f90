import { LiveId as Live, type LiveId, PageId, UserId } from '@groupcast/protocol';
import { expect, test } from 'vitest';
import { type Random, randomFrom } from '../../testing/random.ts';
import { Agreement } from './agreement.ts';
import type { MediaServer } from './ports.ts';
import { mendRoom, type Truth } from './reconcile.ts';
import {
  allSources,
  type GuestPage,
  identityOf,
  type MediaPage,
  mediaPageOf,
  type Participant,
  type Source,
  sendsOf,
  type Wanted,
} from './rules.ts';

const id = (digit: string) => `00000000-0000-4000-8000-${digit.repeat(12)}`;
const live: LiveId = Live.parse(id('1'));
const pageOf = (user: string, page: string): MediaPage => ({
  user: UserId.parse(id(user)),
  page: PageId.parse(id(page)),
});
const host = pageOf('a', '1');
const pages: readonly MediaPage[] = [
  host,
  pageOf('a', '2'),
  pageOf('b', '1'),
  pageOf('b', '2'),
  pageOf('c', '1'),
  pageOf('d', '1'),
];

/** Everything that is asked and answered, in whatever order chance gives it. */
class Chaos {
  readonly #random: Random;
  #pending: (() => void)[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  /** Happens some time, and is known some time after that. */
  async ask<T>(act: () => T): Promise<T> {
    const done = await new Promise<T>((resolve) => this.#pending.push(() => resolve(act())));
    await new Promise<void>((resolve) => this.#pending.push(resolve));
    return done;
  }

  async step(): Promise<void> {
    const [next] = this.#pending.splice(this.#random.below(Math.max(1, this.#pending.length)), 1);
    next?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  async rest(): Promise<void> {
    while (this.#pending.length > 0) await this.step();
  }
}

/** PostgreSQL and a media server that does what it is told, late; who is inside sends whatever they may. */
class World {
  readonly chaos: Chaos;
  readonly members = new Set(pages.map(({ user }) => user));
  readonly inside = new Map<string, readonly Source[]>();
  guests: readonly GuestPage[] = [];
  hostPage = host.page;

  constructor(chaos: Chaos) {
    this.chaos = chaos;
  }

  get wanted(): Wanted {
    return { live, preparing: false, host: host.user, page: this.hostPage, guests: this.guests };
  }

  readonly truth: Truth = {
    wanted: () => this.chaos.ask(() => [this.wanted]),
    over: async () => new Set(),
    members: () =>
      this.chaos.ask(() => {
        const now = new Set(this.members);
        return (_live, user) => now.has(user);
      }),
  };

  readonly server: MediaServer = {
    ensureRoom: async () => {},
    deleteRoom: async () => {},
    rooms: async () => [live],
    participants: () =>
      this.chaos.ask(() =>
        [...this.inside].map(([identity, sends]): Participant => ({ identity, sends, tracks: sends })),
      ),
    participant: async () => null,
    remove: (_live, identity) => this.chaos.ask(() => void this.inside.delete(identity)),
    permit: (_live, identity, sends) =>
      this.chaos.ask(() => {
        if (this.inside.has(identity)) this.inside.set(identity, sends);
      }),
    alive: async () => true,
  };

  /** Through the door, which asks PostgreSQL; inside some time later, with the rights of then. */
  join(at: MediaPage): void {
    const may = this.members.has(at.user) ? sendsOf(this.wanted, at) : null;
    if (may) void this.chaos.ask(() => void this.inside.set(identityOf(at), may));
  }

  /** Who sends what they have no right to, or is there without any. */
  get wrong(): readonly string[] {
    return [...this.inside].flatMap(([identity, sends]) => {
      const at = mediaPageOf(identity);
      const may = at && this.members.has(at.user) ? sendsOf(this.wanted, at) : null;
      return may && may.length === sends.length && may.every((one) => sends.includes(one)) ? [] : [identity];
    });
  }
}

async function run(seed: number): Promise<{ readonly wrong: readonly string[]; readonly sent: number }> {
  const random = randomFrom(seed);
  const chaos = new Chaos(random);
  const world = new World(chaos);
  // Two nodes, neither of which knows what the other is doing.
  const nodes = [0, 1].map(() => new Agreement((of) => mendRoom(world.truth, world.server, of)));
  const look = () => void nodes[random.below(2)]?.on(live);
  const any = (): MediaPage => pages[random.below(pages.length)] ?? host;
  let sent = 0;

  const change = (at: MediaPage) => {
    const others = world.guests.filter(({ user }) => user !== at.user);
    const on = random.below(3) > 0 && at.user !== host.user;
    const guest: GuestPage = {
      ...at,
      media: random.below(2) ? 'camera' : 'voice',
      muted: random.below(4) === 0,
      showsScreen: random.below(4) === 0,
    };
    world.guests = on ? [...others, guest] : others;
  };
  const events: readonly (() => void)[] = [
    () => change(any()),
    () => change(any()),
    () => world.join(any()),
    () => world.join(any()),
    () => void world.inside.delete(identityOf(any())),
    () => {
      const { user } = any();
      if (user === host.user) world.hostPage = any().user === host.user ? host.page : PageId.parse(id('2'));
      else if (!world.members.delete(user)) world.members.add(user);
      if (!world.members.has(user)) world.guests = world.guests.filter((one) => one.user !== user);
    },
  ];
  for (let at = 0; at < 12; at += 1) {
    events[random.below(events.length)]?.();
    // What was changed is looked at by who changed it; a webhook may be late, lost, or doubled.
    for (let times = random.below(3); times > 0; times -= 1) look();
    for (let steps = random.below(8); steps > 0; steps -= 1) await chaos.step();
    sent += world.inside.get(identityOf(host)) === allSources ? 1 : 0;
  }
  // All that was on its way has arrived; then one sweep.
  await chaos.rest();
  const sweep = nodes[random.below(2)]?.on(live);
  await chaos.rest();
  await sweep;
  return { wrong: world.wrong, sent };
}

test('[LM13] in ten thousand interleavings of changes, joins, hints and looks of two nodes one sweep ends in agreement', {
  timeout: 120_000,
}, async () => {
  let sent = 0;
  for (let seed = 1; seed <= 10_000; seed += 1) {
    const ended = await run(seed);
    expect(ended.wrong, `seed ${seed}`).toEqual([]);
    sent += ended.sent;
  }
  // The runs were about something: somebody sent in them.
  expect(sent).toBeGreaterThan(1_000);
});
