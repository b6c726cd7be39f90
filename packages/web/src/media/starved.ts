/** So long no frame of a picture may come; even a screen on which nothing moves sends one a second. */
const silentMs = 3_000;

/** Which pictures have stopped to come. Packets would not do: probes of the line, and parts of frames, are some, too. */
export class Starved {
  readonly #last = new Map<string, { frames: number; at: number }>();

  /** `frames` of each picture that should be coming, counted since it began. Time is the caller's and only goes forward. */
  look(now: number, frames: ReadonlyMap<string, number>): ReadonlySet<string> {
    for (const picture of this.#last.keys()) if (!frames.has(picture)) this.#last.delete(picture);
    for (const [picture, count] of frames)
      if (this.#last.get(picture)?.frames !== count) this.#last.set(picture, { frames: count, at: now });
    const starved = [...this.#last].filter(([, { at }]) => now - at >= silentMs);
    return new Set(starved.map(([picture]) => picture));
  }
}
