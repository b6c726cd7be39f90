import { type Comment, faults, type LiveId, type RoomEntry, type UserId } from '@groupcast/protocol';
import { type Commands, ok, type Result, refuse, refused, ShortMemory } from '../core/index.ts';
import { type NewComment, pace, type Standing, takeTurn, whyNot, withoutDoubles } from './rules.ts';

type Stored = Standing & {
  readonly fresh: boolean;
  readonly seq: number | null;
  readonly at: number | null;
  readonly comments: number | null;
  readonly name: string | null;
  readonly picture: Comment['by']['picture'];
};
type Sent = NewComment & Pick<Comment, 'clientId'>;
type Placed = Pick<Comment, 'seq' | 'at'> & { readonly fresh: boolean };

export interface CommentPorts {
  /** Puts a comment into the next batch; answers when the batch is committed. */
  add(comment: Sent): Promise<Result<Placed>>;
  /** Stores a batch in one commit; one answer for each. */
  store(batch: readonly Sent[]): Promise<readonly Stored[]>;
  remove(
    live: LiveId,
    seq: number,
    by: UserId,
  ): Promise<Result<{ readonly entry: RoomEntry; readonly comments: number; readonly ended: boolean } | null>>;
  /** Committed entries of a live's log, in order, and how many comments there are since the last of them. */
  announce(live: LiveId, entries: readonly RoomEntry[], comments: number): void;
  /** Counts an ended live's comments anew. */
  recount(live: LiveId): Promise<void>;
  /** Milliseconds that only go forward. */
  steady(): number;
}

/** Stores one batch, tells the rooms what is committed, and answers each comment's place. */
export async function storeBatch(
  ports: Pick<CommentPorts, 'store' | 'announce'>,
  comments: readonly Sent[],
): Promise<readonly Result<Placed>[]> {
  const { single, placeOf } = withoutDoubles(comments);
  const rows = await ports.store(single);
  announceFresh(ports, single, rows);
  return placeOf.map((place) => answerOf(rows[place]));
}

function answerOf(row: Stored | undefined): Result<Placed> {
  if (!row) throw new Error('a comment was stored without an answer');
  if (row.seq === null || row.at === null) {
    const fault = whyNot(row);
    return fault === 'muted' ? refuse(fault, row.mutedMs ?? 0) : refuse(fault);
  }
  return ok({ seq: row.seq, at: row.at, fresh: row.fresh });
}

function announceFresh(ports: Pick<CommentPorts, 'announce'>, sent: readonly Sent[], rows: readonly Stored[]): void {
  const byLive = new Map<LiveId, { entries: RoomEntry[]; comments: number }>();
  for (const [index, comment] of sent.entries()) {
    const row = rows[index];
    if (!row?.fresh || row.seq === null || row.at === null || row.comments === null) continue;
    const news = byLive.get(comment.live) ?? { entries: [], comments: row.comments };
    byLive.set(comment.live, news);
    news.entries.push({ type: 'commented', seq: row.seq, comment: shown(comment, row, row.seq, row.at) });
  }
  for (const [live, { entries, comments }] of byLive) {
    ports.announce(
      live,
      entries.toSorted((a, b) => a.seq - b.seq),
      comments,
    );
  }
}

const shown = ({ author, clientId, text }: Sent, row: Stored, seq: number, at: number): Comment => ({
  seq,
  by: { id: author, name: row.name ?? '', picture: row.picture },
  at,
  clientId,
  text,
});

/** SPEC section CM. */
export function commentCommands(ports: CommentPorts): Commands<'comment.send' | 'comment.delete'> {
  const turns = new ShortMemory<UserId, readonly number[]>(pace.withinMs, ports.steady());

  return {
    async 'comment.send'(actor, { live, clientId, text }) {
      const now = ports.steady();
      const before = turns.get(actor.user) ?? [];
      const turn = takeTurn(before, now);
      if (!turn.ok) return refuse('tooManyRequests', turn.waitMs);
      turns.note(actor.user, turn.times, now);
      let used = false;
      try {
        const placed = await ports.add({ live, author: actor.user, clientId, text });
        used = usesTurn(placed);
        return refused(placed) ? placed : ok({ seq: placed.ok.seq, at: placed.ok.at });
      } finally {
        if (!used) turns.note(actor.user, withoutOne(turns.get(actor.user) ?? [], now), ports.steady());
      }
    },

    async 'comment.delete'(actor, { live, seq }) {
      const removed = await ports.remove(live, seq, actor.user);
      if (refused(removed)) return removed;
      if (!removed.ok) return ok({});
      ports.announce(live, [removed.ok.entry], removed.ok.comments);
      if (removed.ok.ended) await ports.recount(live);
      return ok({});
    },
  };
}

/** A repeat is the same comment, and a page that is told to try again must be able to. */
const usesTurn = (placed: Result<Placed>): boolean => (refused(placed) ? !faults[placed.fault].retry : placed.ok.fresh);

function withoutOne(times: readonly number[], one: number): readonly number[] {
  const place = times.indexOf(one);
  return place === -1 ? times : times.toSpliced(place, 1);
}
