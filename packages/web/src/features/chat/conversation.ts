import { api, type Event, type FaultCode, type Group, type GroupId, GroupJoined } from '@groupcast/protocol';
import { call } from '../../api/client.ts';
import { Cell, type Readable } from '../../media/cell.ts';
import type { ChannelMember, Wire } from '../../realtime/wire.ts';
import { append, type ChatLog, emptyLog, joined, newestPost, prepend } from './model.ts';

export interface ConversationView {
  /** Missing until the first join is answered. */
  readonly group: Group | undefined;
  readonly log: ChatLog;
  /** How far this person had read when the chat was opened; where the unread line stands. */
  readonly unreadAfter: number | undefined;
  readonly older: 'idle' | 'loading' | 'failed';
  /** Not, or no longer, for this person. */
  readonly closed: FaultCode | undefined;
}

const unopened: ConversationView = {
  group: undefined,
  log: emptyLog,
  unreadAfter: undefined,
  older: 'idle',
  closed: undefined,
};

export interface ConversationEars {
  /** Messages of this group that have come, by whatever way. */
  landed(log: ChatLog): void;
  groupChanged(group: Group): void;
  /** The answer to each join, and each event, for those who follow the group's lives. */
  groupJoined(joined: GroupJoined): void;
  groupEvent(event: Event): void;
  gone(group: GroupId): void;
  read(group: GroupId, post: number): void;
}

/** One group's chat on this page. It stays after the chat was left, so that coming back is at once and only catches up. */
export class Conversation implements ChannelMember {
  readonly #wire: Wire;
  readonly #group: GroupId;
  readonly #ears: ConversationEars;
  readonly #view = new Cell<ConversationView>(unopened);
  #leave: (() => void) | undefined;
  /** Events that came before the answer to the first join. */
  #early: Event[] = [];
  #readPosts = 0;

  constructor(wire: Wire, group: GroupId, ears: ConversationEars) {
    this.#wire = wire;
    this.#group = group;
    this.#ears = ears;
  }

  get view(): Readable<ConversationView> {
    return this.#view;
  }

  /** Takes part in the group's channel until the function it returns is called. */
  open(): () => void {
    this.#leave?.();
    this.#put({ unreadAfter: undefined, closed: undefined });
    this.#leave = this.#wire.join(`group:${this.#group}`, this);
    return () => {
      this.#leave?.();
      this.#leave = undefined;
      this.#put({ unreadAfter: undefined });
    };
  }

  since(): number | undefined {
    const { group, log } = this.#view.get();
    return group && log.seq;
  }

  joined(answer: unknown): void {
    const parsed = GroupJoined.safeParse(answer);
    if (!parsed.success) return;
    const { group, readPosts, posts } = parsed.data;
    const { log, unreadAfter } = this.#view.get();
    this.#readPosts = Math.max(this.#readPosts, readPosts);
    this.#put({
      group,
      log: joined(log, parsed.data),
      unreadAfter: unreadAfter ?? (posts > this.#readPosts ? this.#readPosts : undefined),
      closed: undefined,
    });
    this.#ears.groupJoined(parsed.data);
    this.#ears.groupChanged(group);
    this.#ears.landed(this.#view.get().log);
    for (const event of this.#early.splice(0)) this.event(event);
  }

  event(event: Event): void {
    if (!this.#view.get().group) {
      this.#early.push(event);
      return;
    }
    this.#ears.groupEvent(event);
    if (event.type === 'group.changed') void this.#readGroup();
    if (event.type !== 'group.entries') return;
    const { log, torn } = append(this.#view.get().log, event.entries);
    this.#put({ log });
    this.#ears.landed(log);
    if (torn) this.#mend();
  }

  closed(fault: FaultCode): void {
    this.#leave = undefined;
    this.#put({ closed: fault });
    this.#ears.gone(this.#group);
  }

  /** Loads the page before the oldest message. Harmless while one is on its way. */
  async loadOlder(): Promise<void> {
    const { log, older } = this.#view.get();
    const first = log.messages[0];
    if (!log.more || !first || older === 'loading') return;
    this.#put({ older: 'loading' });
    const answer = await call(api.history, { params: { group: this.#group }, query: { before: first.seq } });
    if ('ok' in answer) this.#put({ older: 'idle', log: prepend(this.#view.get().log, answer.ok) });
    else this.#put({ older: 'failed' });
  }

  /** Everything that is here has been seen. */
  read(): void {
    const post = newestPost(this.#view.get().log);
    if (post <= this.#readPosts || !this.#leave) return;
    this.#readPosts = post;
    this.#ears.read(this.#group, post);
    void this.#wire.send({ type: 'read.mark', group: this.#group, post }, anything);
  }

  /** A group as another answer brought it: renamed, a new picture. */
  changed(group: Group): void {
    this.#put({ group });
    this.#ears.groupChanged(group);
  }

  async #readGroup(): Promise<void> {
    const answer = await call(api.group, { params: { group: this.#group } });
    if ('ok' in answer) this.changed(answer.ok);
  }

  #mend(): void {
    if (!this.#leave) return;
    this.#leave();
    this.#leave = this.#wire.join(`group:${this.#group}`, this);
  }

  #put(part: Partial<ConversationView>): void {
    this.#view.change((view) => ({ ...view, ...part }));
  }
}

const anything = { safeParse: (data: unknown) => ({ success: true, data }) as const };
