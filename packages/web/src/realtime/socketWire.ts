import {
  type Channel,
  Event,
  faults,
  isFaultCode,
  type PageId,
  Reply,
  Welcome,
  wireVersions,
} from '@groupcast/protocol';
import { type Answer, answerFrom, refusal, refusalFrom, type Schema } from '../api/answer.ts';
import { channelsOf } from './channels.ts';
import { Line, type LinePorts } from './line.ts';
import type { ChannelMember, CommandInput, LineSign, Wire } from './wire.ts';

/** How long a command may go unanswered, over however many sockets. */
const patienceMs = 10_000;
/** A line that leaves a probe unanswered this long is dead, whatever the socket says. */
const probeMs = 4_000;
const refusedMs = 1_000;

interface Pending {
  readonly command: CommandInput;
  settle(said: Reply): void;
}

export interface SocketWirePorts extends LinePorts {
  /** This machine's clock. */
  clock(): number;
}

/** The wire over one socket that comes and goes. Commands are all repeatable, so what was cut off is sent again. */
export class SocketWire implements Wire {
  readonly page: PageId;
  readonly #ports: SocketWirePorts;
  readonly #line: Line;
  readonly #pending = new Map<number, Pending>();
  readonly #members = new Map<Channel, Set<ChannelMember>>();
  readonly #listeners = new Set<() => void>();
  #nextId = 1;
  #sign: LineSign = 'opening';
  #aheadMs = 0;
  #heardAt = 0;

  constructor(page: PageId, ports: SocketWirePorts) {
    this.page = page;
    this.#ports = ports;
    this.#line = new Line(ports, {
      opened: () => void this.#greet(),
      frame: (text) => this.#hear(text),
      state: (state) => this.#show(state),
    });
    this.#line.open();
  }

  send<T>(command: CommandInput, reply: Schema<T>): Promise<Answer<T>> {
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const giveUp = this.#ports.after(patienceMs, () => {
        this.#pending.delete(id);
        resolve(refusal('unavailable'));
        if (this.#sign === 'open') this.#line.drop();
      });
      this.#pending.set(id, {
        command,
        settle: (said) => {
          giveUp();
          this.#pending.delete(id);
          resolve('fault' in said ? refusalFrom(said) : answerFrom(said.ok, reply));
        },
      });
      if (this.#sign === 'open') this.#write(id, command);
    });
  }

  join(channel: Channel, member: ChannelMember): () => void {
    const members = this.#members.get(channel) ?? new Set();
    this.#members.set(channel, members.add(member));
    if (this.#sign === 'open') void this.#enter(channel, member);
    return () => {
      if (!this.#dismiss(channel, member)) return;
      if (!this.#members.has(channel)) this.#write(this.#nextId++, { type: 'channel.leave', channel });
    };
  }

  line(): LineSign {
    return this.#sign;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  now(): number {
    return this.#ports.clock() + this.#aheadMs;
  }

  heardAt(): number {
    return this.#heardAt;
  }

  /** Somebody has reason to doubt the line (the page was asleep, the network came back): asks, and drops it when nothing comes. */
  probe(): void {
    if (this.#sign !== 'open') {
      this.#line.open();
      return;
    }
    const asked = this.#ports.clock();
    this.#ports.after(probeMs, () => {
      if (this.#heardAt < asked) this.#line.drop();
    });
    this.#write(this.#nextId++, { type: 'channel.join', channel: 'me' });
  }

  /** The network says it is gone. */
  cut(): void {
    this.#line.drop();
  }

  close(): void {
    this.#line.close();
  }

  async #greet(): Promise<void> {
    const id = this.#nextId++;
    const welcomed = await new Promise<Reply>((settle) => {
      const command: CommandInput = { type: 'hello', versions: [...wireVersions], page: this.page };
      this.#pending.set(id, { command, settle });
      this.#write(id, command);
    });
    this.#pending.delete(id);
    const welcome = 'ok' in welcomed ? Welcome.safeParse(welcomed.ok) : undefined;
    if (!welcome?.success) {
      // A server that shares no version closes by itself and says so; only one that does not is given up.
      this.#ports.after(refusedMs, () => this.#line.drop());
      return;
    }
    this.#aheadMs = welcome.data.now - this.#ports.clock();
    this.#line.settled();
    const waiting = [...this.#pending];
    this.#show('open');
    for (const [channel, members] of this.#members) for (const member of members) void this.#enter(channel, member);
    for (const [id, { command }] of waiting) this.#write(id, command);
  }

  async #enter(channel: Channel, member: ChannelMember): Promise<void> {
    const since = member.since();
    const id = this.#nextId++;
    const command: CommandInput = { type: 'channel.join', channel, ...(since !== undefined && { since }) };
    const said = await new Promise<Reply>((settle) => {
      this.#pending.set(id, { command, settle });
      this.#write(id, command);
    });
    this.#pending.delete(id);
    if (!this.#members.get(channel)?.has(member)) return;
    if ('ok' in said) {
      member.joined(said.ok);
      return;
    }
    const { fault, retryAfterMs } = refusalFrom(said);
    if (!faults[fault].retry) {
      this.#dismiss(channel, member);
      member.closed(fault);
      return;
    }
    this.#ports.after(retryAfterMs ?? 1_000, () => {
      if (this.#members.get(channel)?.has(member) && this.#sign === 'open') void this.#enter(channel, member);
    });
  }

  /** Lets go of a member, and of the channel with its last one. False: it was not there any more. */
  #dismiss(channel: Channel, member: ChannelMember): boolean {
    const members = this.#members.get(channel);
    const was = members?.delete(member) ?? false;
    if (members?.size === 0) this.#members.delete(channel);
    return was;
  }

  #write(id: number, command: CommandInput): void {
    this.#line.send(JSON.stringify({ id, ...command }));
  }

  #hear(text: string): void {
    this.#heardAt = this.#ports.clock();
    const frame = read(text);
    const reply = Reply.safeParse(frame);
    if (reply.success) {
      this.#pending.get(reply.data.re)?.settle(reply.data);
      return;
    }
    const event = Event.safeParse(frame);
    // An event of a later version: the state it belongs to heals by the next one that we know.
    if (event.success) this.#take(event.data);
  }

  #take(event: Event): void {
    if (event.type === 'pulse') {
      this.#aheadMs = event.now - this.#ports.clock();
      return;
    }
    const members = channelsOf(event).flatMap((channel) => [...(this.#members.get(channel) ?? [])]);
    if (event.type !== 'channel.closed') {
      for (const member of members) member.event(event);
      return;
    }
    this.#members.delete(event.channel);
    for (const member of members) member.closed(isFaultCode(event.fault) ? event.fault : 'notAllowed');
  }

  #show(sign: LineSign): void {
    if (sign !== 'open') this.#forgetCalls();
    if (sign === 'opening' && this.#sign === 'down') return;
    if (sign === this.#sign) return;
    this.#sign = sign;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Greetings and joins belong to their socket; the next one makes its own. */
  #forgetCalls(): void {
    for (const [id, { command }] of this.#pending) {
      if (command.type === 'hello' || command.type === 'channel.join') this.#pending.delete(id);
    }
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
