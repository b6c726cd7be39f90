import type { Person, UserId } from '@groupcast/protocol';
import { ArrowDown, MessageSquareOff, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import css from './Comments.module.css';
import type { Line } from './model.ts';
import type { Outbox } from './outbox.ts';
import type { TalkFeed } from './talkFeed.ts';
import { UnsentLine } from './UnsentLine.tsx';
import { useReading } from './useReading.ts';

export interface CommentsProps {
  readonly feed: TalkFeed;
  readonly me: { readonly id: UserId; readonly name: string };
  /** The host and the group's admins may take any comment away. */
  readonly moderates: boolean;
  readonly onRetry: (clientId: Outbox[number]['clientId']) => void;
  readonly onDiscard: (clientId: Outbox[number]['clientId']) => void;
  readonly onRemove: (seq: number, text: string) => void;
  /** Missing for whoever may not. */
  readonly onMute: ((person: Person) => void) | undefined;
}

/** What is said in the room, the newest at the end. Who scrolls up keeps the place and sees how many are new. */
export function Comments({ feed, me, moderates, onRetry, onDiscard, onRemove, onMute }: CommentsProps) {
  const { t } = useTranslation();
  const talking = useReadable(feed.talking);
  const { list, drawn, hands, toEnd } = useReading(feed, talking);
  return (
    <div className={css['comments']}>
      <div
        ref={list}
        className={css['list']}
        role="log"
        aria-label={t('room.comments')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        {...hands}
      >
        <div className={css['lines']}>
          {talking.lines
            .slice(-drawn)
            .map((line) =>
              line.kind === 'joined' ? (
                <JoinedLine key={line.key} line={line} />
              ) : (
                <CommentLine
                  key={line.key}
                  line={line}
                  byHost={line.comment.by.id === talking.host}
                  removable={moderates || line.comment.by.id === me.id}
                  onRemove={onRemove}
                  onMute={line.comment.by.id !== me.id && line.comment.by.id !== talking.host ? onMute : undefined}
                />
              ),
            )}
          {talking.outbox.map((one) => (
            <UnsentLine key={one.clientId} one={one} me={me} onRetry={onRetry} onDiscard={onDiscard} />
          ))}
        </div>
      </div>
      {talking.unseen > 0 && (
        <button type="button" className={css['new']} onClick={toEnd}>
          <ArrowDown size={16} strokeWidth={2} />
          {t('room.newComments', { count: talking.unseen })}
        </button>
      )}
    </div>
  );
}

const JoinedLine = memo(function JoinedLine({ line }: { readonly line: Extract<Line, { kind: 'joined' }> }) {
  const { t, language } = useTranslation();
  const names = new Intl.ListFormat(language, { type: line.more > 0 ? 'unit' : 'conjunction' }).format(line.names);
  return (
    <p className={css['joined']}>
      {line.more > 0 ? t('room.joinedMore', { names, count: line.more }) : t('room.joinedOne', { names })}
    </p>
  );
});

interface CommentLineProps {
  readonly line: Extract<Line, { kind: 'comment' }>;
  readonly byHost: boolean;
  readonly removable: boolean;
  readonly onRemove: (seq: number, text: string) => void;
  /** Missing for whom it cannot be done. */
  readonly onMute: ((person: Person) => void) | undefined;
}

const CommentLine = memo(function CommentLine({ line, byHost, removable, onRemove, onMute }: CommentLineProps) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState(false);
  const { by, text, seq } = line.comment;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a tap only shows the button, which the keyboard reaches by itself
    // biome-ignore lint/a11y/noStaticElementInteractions: the same
    <div
      className={cx(css['comment'], picked && css['picked'])}
      onClick={() => setPicked((removable || onMute !== undefined) && !picked)}
    >
      <Face person={by} size={28} />
      <p className={css['said']}>
        <span className={css['name']}>
          {by.name}
          {byHost && <span className={css['host']}>{t('room.host')}</span>}
        </span>
        {text}
      </p>
      {(removable || onMute) && (
        <span className={css['remove']}>
          {onMute && (
            <IconButton look="glass" label={t('room.mutePerson')} onClick={() => onMute(by)}>
              <MessageSquareOff size={16} strokeWidth={1.75} />
            </IconButton>
          )}
          {removable && (
            <IconButton look="glass" label={t('room.delete')} onClick={() => onRemove(seq, text)}>
              <Trash2 size={16} strokeWidth={1.75} />
            </IconButton>
          )}
        </span>
      )}
    </div>
  );
});
