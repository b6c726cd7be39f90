import type { Command, Reply } from '@groupcast/protocol';
import type { Journal } from './journal.ts';
import type { Line } from './line.ts';

/** A command as it is sent, without its id. */
export type Sent = { readonly type: Command['type']; readonly [field: string]: unknown };
type Settle = (reply: Reply) => void;

/** Commands on one socket and the answers to them. */
export class Calls {
  readonly #line: Line;
  readonly #journal: Journal;
  readonly #pending = new Map<number, Settle>();
  #nextId = 1;

  constructor(line: Line, journal: Journal) {
    this.#line = line;
    this.#journal = journal;
  }

  /** Sends, when the line is open; `settle` hears the answer, unless the line is lost before. */
  send(command: Sent, settle: Settle): void {
    if (!this.#line.isOpen) return;
    const id = this.#nextId;
    this.#nextId += 1;
    const sentAt = performance.now();
    this.#pending.set(id, (reply) => {
      this.#journal.answered(command.type, performance.now() - sentAt);
      settle(reply);
    });
    this.#line.send(JSON.stringify({ id, ...command }));
  }

  hear(reply: Reply): void {
    const settle = this.#pending.get(reply.re);
    this.#pending.delete(reply.re);
    settle?.(reply);
  }

  /** The line is lost: what waited for an answer is repeated by whoever needs one. */
  forget(): void {
    this.#pending.clear();
  }
}
