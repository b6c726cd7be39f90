import { api, type Event, type Group, type GroupId, MeJoined, type UserId } from '@groupcast/protocol';
import { call } from '../../api/client.ts';
import { Cell, type Readable } from '../../media/cell.ts';
import type { ChannelMember, Wire } from '../../realtime/wire.ts';
import { type Groups, groupChanged, groupGone, groupsRead, noGroups, readUpTo, reduce } from './model.ts';

/** The list of groups, kept true by the `me` channel. Ends with `close()`. */
export class Directory implements ChannelMember {
  readonly #me: UserId;
  readonly #groups = new Cell<Groups>(noGroups);
  readonly #leave: () => void;

  /** Hears every event of `me`: the own live is told there too. */
  readonly #hear: (event: Event) => void;

  constructor(wire: Wire, me: UserId, hear: (event: Event) => void) {
    this.#me = me;
    this.#hear = hear;
    this.#leave = wire.join('me', this);
  }

  get groups(): Readable<Groups> {
    return this.#groups;
  }

  since(): undefined {
    return undefined;
  }

  joined(answer: unknown): void {
    const parsed = MeJoined.safeParse(answer);
    if (parsed.success) this.#groups.change((groups) => groupsRead(groups, parsed.data.groups));
  }

  event(event: Event): void {
    this.#hear(event);
    if (event.type === 'me.groups') void this.reload();
    else this.#groups.change((groups) => reduce(groups, event, this.#me));
  }

  closed(): void {
    // The own channel closes only together with the session, which the wire tells.
  }

  /** Reads the list again; also before the channel has said that it changed, so that a new group is there at once. */
  async reload(): Promise<void> {
    const answer = await call(api.groups);
    if ('ok' in answer) this.#groups.change((groups) => groupsRead(groups, answer.ok.groups));
  }

  changed(group: Group): void {
    this.#groups.change((groups) => groupChanged(groups, group));
  }

  gone(group: GroupId): void {
    this.#groups.change((groups) => groupGone(groups, group));
  }

  read(group: GroupId, post: number): void {
    this.#groups.change((groups) => readUpTo(groups, group, post));
  }

  close(): void {
    this.#leave();
  }
}
