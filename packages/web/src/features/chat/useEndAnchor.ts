import type { UserId } from '@groupcast/protocol';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { ConversationView } from './conversation.ts';
import { newSince, type Row } from './rows.ts';

/** So near to the end counts as being there. */
const endPx = 40;
/** So near to the top asks for older messages. */
const topPx = 600;

interface EndAnchor {
  readonly rows: readonly Row[];
  readonly me: UserId;
  readonly more: boolean;
  readonly older: ConversationView['older'];
  readonly onOlder: () => void;
  readonly onSeen: () => void;
}

/** Keeps a list of messages at its end, or where its reader is; `below` counts what came meanwhile, undefined at the end. */
export function useEndAnchor({ rows, me, more, older, onOlder, onSeen }: EndAnchor) {
  const list = useRef<VirtualizerHandle>(null);
  const atEnd = useRef(true);
  const [leftAt, setLeftAt] = useState<number>();
  const before = useRef<readonly Row[]>([]);
  const shift = grewInFront(before.current, rows);

  const toEnd = useCallback(() => {
    atEnd.current = true;
    setLeftAt(undefined);
    list.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: 'end' });
  }, []);

  useLayoutEffect(() => {
    const known = before.current;
    before.current = rows;
    if (known.length === 0) {
      const unread = rows.findIndex(({ kind }) => kind === 'unread');
      if (unread > 0) list.current?.scrollToIndex(unread, { align: 'start' });
      else toEnd();
    } else if (wroteJustNow(known, rows, me) || (atEnd.current && known.at(-1)?.key !== rows.at(-1)?.key)) {
      toEnd();
    }
  }, [rows, me, toEnd]);

  useEffect(() => {
    const seen = () => {
      if (rows.length > 0 && atEnd.current && document.visibilityState === 'visible') onSeen();
    };
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [rows, onSeen]);

  const onScroll = () => {
    const { current } = list;
    if (!current) return;
    const left = current.scrollSize - current.viewportSize - current.scrollOffset;
    const ended = left <= endPx;
    if (ended && !atEnd.current) onSeen();
    if (ended !== atEnd.current) setLeftAt(ended ? undefined : newestSeq(rows));
    atEnd.current = ended;
    if (current.scrollOffset < topPx && more && older === 'idle') onOlder();
  };

  const onResize = () => {
    if (atEnd.current) toEnd();
  };

  return { list, shift, below: leftAt === undefined ? undefined : newSince(rows, leftAt), onScroll, onResize, toEnd };
}

const newestSeq = (rows: readonly Row[]): number =>
  rows.reduce((newest, row) => (row.kind === 'message' ? Math.max(newest, row.message.seq) : newest), 0);

/** An older page came: the newest stayed, and something else is first now. */
function grewInFront(before: readonly Row[], after: readonly Row[]): boolean {
  return (
    before.length > 0 &&
    after.length > before.length &&
    before.at(-1)?.key === after.at(-1)?.key &&
    before[0]?.key !== after[0]?.key
  );
}

/** Who sends something wants to see it, wherever they were reading. */
function wroteJustNow(before: readonly Row[], after: readonly Row[], me: UserId): boolean {
  const last = after.at(-1);
  if (!last || last.key === before.at(-1)?.key) return false;
  return last.kind === 'unsent' || (last.kind === 'message' && last.message.by.id === me && before.length > 0);
}
