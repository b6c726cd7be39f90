import type { UserId } from '@groupcast/protocol';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { ConversationView } from './conversation.ts';
import { newSince, type Row } from './rows.ts';

/** So near to the end counts as being there. */
const endPx = 40;
/** What stands below the last row. */
export const footPx = 12;
/** So near to the top asks for older messages. */
const topPx = 600;

interface EndAnchor {
  readonly rows: readonly Row[];
  readonly me: UserId;
  readonly more: boolean;
  readonly older: ConversationView['older'];
  readonly onOlder: () => void;
  readonly onSeen: () => void;
  /** Something covers the list: what comes now is not seen. */
  readonly covered: boolean;
}

/** Keeps a list of messages at its end, or where its reader is; `below` counts what came meanwhile, undefined at the end. */
export function useEndAnchor({ rows, me, more, older, onOlder, onSeen, covered }: EndAnchor) {
  const list = useRef<VirtualizerHandle>(null);
  const atEnd = useRef(true);
  const shape = useRef('');
  const [leftAt, setLeftAt] = useState<number>();
  const before = useRef<readonly Row[]>([]);
  const shift = grewInFront(before.current, rows);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    setLeftAt(undefined);
    list.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end', offset: footPx });
  }, []);

  /** Looks where the list stands now, and what follows from it. */
  const settle = () => {
    const { current } = list;
    if (!current) return;
    const { scrollSize, viewportSize, scrollOffset } = current;
    const ended = scrollSize - viewportSize - scrollOffset <= endPx;
    const grown = shape.current !== `${scrollSize} ${viewportSize}`;
    shape.current = `${scrollSize} ${viewportSize}`;
    if (atEnd.current && !ended && grown) {
      // Not its reader left the end: the list or the window changed its size.
      toEnd();
      return;
    }
    if (ended && !covered && document.visibilityState === 'visible') onSeen();
    if (ended !== atEnd.current) setLeftAt(ended ? undefined : newestSeq(rows));
    atEnd.current = ended;
  };

  useLayoutEffect(() => {
    const known = before.current;
    before.current = rows;
    const unread = newUnreadLine(known, rows);
    if (unread !== undefined) {
      // Whoever comes back goes on where they stopped reading; `settle` finds out when all of it fits on the screen.
      atEnd.current = false;
      setLeftAt(newestSeq(rows.slice(0, unread)));
      list.current?.scrollToIndex(unread, { align: 'start' });
      requestAnimationFrame(() => latest.current());
    } else if (known.length === 0 || wroteJustNow(known, rows, me) || (atEnd.current && !sameEnd(known, rows))) {
      toEnd();
    }
  }, [rows, me, toEnd]);

  const latest = useRef(settle);
  useLayoutEffect(() => {
    latest.current = settle;
  });

  useEffect(() => {
    const seen = () => {
      if (rows.length > 0 && atEnd.current && !covered && document.visibilityState === 'visible') onSeen();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [rows, onSeen, covered]);

  const onScroll = () => {
    settle();
    if ((list.current?.scrollOffset ?? topPx) < topPx && more && older === 'idle') onOlder();
  };

  const onResize = () => {
    if (atEnd.current) toEnd();
    else settle();
  };

  const jump = () => {
    toEnd();
    onSeen();
  };

  return { list, shift, below: leftAt === undefined ? undefined : newSince(rows, leftAt), onScroll, onResize, jump };
}

const newestSeq = (rows: readonly Row[]): number =>
  rows.reduce((newest, row) => (row.kind === 'message' ? Math.max(newest, row.message.seq) : newest), 0);

const sameEnd = (before: readonly Row[], after: readonly Row[]): boolean => before.at(-1)?.key === after.at(-1)?.key;

/** Where an unread line has just appeared. */
function newUnreadLine(before: readonly Row[], after: readonly Row[]): number | undefined {
  if (before.some(({ kind }) => kind === 'unread')) return undefined;
  const at = after.findIndex(({ kind }) => kind === 'unread');
  return at < 0 ? undefined : at;
}

/** An older page came: the newest stayed, and something else is first now. */
function grewInFront(before: readonly Row[], after: readonly Row[]): boolean {
  return (
    before.length > 0 && after.length > before.length && sameEnd(before, after) && before[0]?.key !== after[0]?.key
  );
}

/** Who sends something wants to see it, wherever they were reading. */
function wroteJustNow(before: readonly Row[], after: readonly Row[], me: UserId): boolean {
  const last = after.at(-1);
  if (!last || sameEnd(before, after) || before.length === 0) return false;
  return last.kind === 'unsent' || (last.kind === 'message' && last.message.by.id === me);
}
