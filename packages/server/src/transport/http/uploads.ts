import type { ServerResponse } from 'node:http';

/** Uploads under way at a time, from their first byte to their answer: each holds up to ten megabytes. */
const mostUploads = 16;
/** A page sends one picture after the other; beside it there is another tab, and a face. */
const mostPerPerson = 3;
/** About what a few pictures take. */
export const uploadAgainMs = 2_000;

/** Who is uploading, so that memory has a bound and nobody takes all of it (SPEC PI4). */
export class Uploads {
  readonly #people = new Map<string, number>();
  #all = 0;

  /** False when there are too many already. */
  enter(person: string): boolean {
    const own = this.#people.get(person) ?? 0;
    if (this.#all >= mostUploads || own >= mostPerPerson) return false;
    this.#all += 1;
    this.#people.set(person, own + 1);
    return true;
  }

  /**
   * Enters, and leaves when the answer is out or the line is gone. Whose line is gone already does not come in: nothing
   * would tell when to leave.
   */
  enterUntilAnswered(person: string, response: ServerResponse): boolean {
    if (response.destroyed || !this.enter(person)) return false;
    response.once('close', () => this.leave(person));
    return true;
  }

  leave(person: string): void {
    const own = (this.#people.get(person) ?? 0) - 1;
    this.#all -= 1;
    if (own > 0) this.#people.set(person, own);
    else this.#people.delete(person);
  }
}
