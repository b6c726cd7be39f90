import { Event, Reply } from '@groupcast/protocol';

export type Frame = { readonly reply: Reply } | { readonly event: Event } | null;

/**
 * Reads frames of the wire. Hundreds of pages in one process get the same bytes, which are read once: the last frames
 * are compared before they are parsed.
 */
export class FrameReader {
  readonly #recent: { readonly bytes: Buffer; readonly frame: Frame }[] = [];
  readonly #most: number;

  constructor(most = 16) {
    this.#most = most;
  }

  /** Null: not of the wire as we know it. */
  read(bytes: Buffer): Frame {
    for (const known of this.#recent)
      if (known.bytes.length === bytes.length && known.bytes.equals(bytes)) return known.frame;
    const frame = parse(bytes);
    if (frame && 'event' in frame) {
      this.#recent.unshift({ bytes: Buffer.from(bytes), frame });
      if (this.#recent.length > this.#most) this.#recent.pop();
    }
    return frame;
  }
}

function parse(bytes: Buffer): Frame {
  const json: unknown = JSON.parse(bytes.toString());
  const reply = Reply.safeParse(json);
  if (reply.success) return { reply: reply.data };
  const event = Event.safeParse(json);
  return event.success ? { event: event.data } : null;
}
