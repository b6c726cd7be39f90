import type { Group, Message, UserId } from '@groupcast/protocol';
import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Virtualizer } from 'virtua';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useInert } from '../../ui/useInert.ts';
import type { ConversationView } from './conversation.ts';
import css from './Log.module.css';
import { MessageRow, type Spot } from './MessageRow.tsx';
import { QuietRow, TimeRow, UnreadRow } from './QuietRow.tsx';
import type { Row } from './rows.ts';
import { UnsentRow } from './UnsentRow.tsx';
import { footPx, useEndAnchor } from './useEndAnchor.ts';

export interface LogProps {
  readonly group: Group;
  readonly me: UserId;
  readonly rows: readonly Row[];
  readonly more: boolean;
  readonly older: ConversationView['older'];
  readonly onOlder: () => void;
  /** The newest is on screen. */
  readonly onSeen: () => void;
  readonly onMenu: (message: Message, spot: Spot) => boolean;
  readonly onPicture: (message: Message) => void;
  readonly onRetry: (unsent: Extract<Row, { kind: 'unsent' }>['unsent']) => void;
  readonly onDiscard: (unsent: Extract<Row, { kind: 'unsent' }>['unsent']) => void;
}

/** The conversation: stands at the newest, keeps its place when older pages come, and says when something new is below. */
export function Log(props: LogProps) {
  const { rows, more, older, onOlder, onSeen, group, me } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const covered = useInert(box);
  const [menuKeys] = useState(() => ({ onKeyDown: (event: KeyboardEvent<HTMLElement>) => walk(event) }));
  const { list, shift, below, onScroll, onResize, jump } = useEndAnchor({
    rows,
    me,
    more,
    older,
    onOlder,
    onSeen,
    covered,
  });
  return (
    <div className={css['frame']}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling log must be reachable by keyboard */}
      <div ref={box} className={css['log']} role="log" aria-label={t('chat.log')} tabIndex={0} {...menuKeys}>
        <div className={css['space']} />
        <Top group={group} more={more} older={older} onOlder={onOlder} />
        <Virtualizer
          ref={list}
          scrollRef={box}
          shift={shift}
          startMargin={more ? topHeight : 0}
          onScroll={onScroll}
          onResize={onResize}
          data={rows}
        >
          {(row) => <div key={row.key}>{drawn(row, props)}</div>}
        </Virtualizer>
        <div style={{ height: footPx }} />
      </div>
      {below !== undefined && (
        <button type="button" className={css['newest']} onClick={jump}>
          <ArrowDown size={20} strokeWidth={1.75} aria-hidden="true" />
          <span className={below > 0 ? undefined : 'visually-hidden'}>
            {below > 0 ? t('chat.toNewestCount', { count: below }) : t('chat.toNewest')}
          </span>
        </button>
      )}
    </div>
  );
}

/** Height of what stands above the list while there is more; the list counts from below it. */
const topHeight = 44;

function Top({ more, older, onOlder }: Pick<LogProps, 'group' | 'more' | 'older' | 'onOlder'>) {
  const { t } = useTranslation();
  if (!more) return null;
  return (
    <div className={css['top']}>
      {older === 'failed' ? (
        <Button look="plain" size="small" onClick={onOlder}>
          {t('chat.olderFailed')} {t('app.retry')}
        </Button>
      ) : (
        <span className={css['older']}>{older === 'loading' && t('chat.older')}</span>
      )}
    </div>
  );
}

function drawn(row: Row, { group, me, onMenu, onPicture, onRetry, onDiscard }: LogProps) {
  switch (row.kind) {
    case 'time':
      return <TimeRow at={row.at} day={row.day} />;
    case 'unread':
      return <UnreadRow />;
    case 'quiet':
      return <QuietRow message={row.message} me={me} />;
    case 'message':
      return (
        <MessageRow
          group={group}
          message={row.message}
          own={row.own}
          first={row.first}
          onMenu={onMenu}
          onPicture={onPicture}
        />
      );
    case 'unsent':
      return (
        <UnsentRow
          unsent={row.unsent}
          first={row.first}
          onRetry={() => onRetry(row.unsent)}
          onDiscard={() => onDiscard(row.unsent)}
        />
      );
  }
}

/** Arrow keys walk from message to message; Enter opens the menu of the one that is reached. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const messages = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-seq]')];
  const at = messages.findIndex((message) => message.matches(':focus'));
  if (event.key === 'Enter') openMenu(messages[at]);
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const next = at < 0 ? messages.at(-1) : messages[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: 'nearest' });
}

/** The keyboard's way to the same menu as a right click. */
function openMenu(message: HTMLElement | undefined): void {
  const said = message?.querySelector<HTMLElement>('[data-said]');
  const box = said?.getBoundingClientRect();
  if (!said || !box) return;
  said.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: box.left + 12, clientY: box.bottom }),
  );
}
