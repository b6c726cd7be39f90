import { type Group, lengthOf, limits, MessageText } from '@groupcast/protocol';
import { ArrowUp, Plus, Smile } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import css from './Composer.module.css';
import { useChatDesk } from './context.ts';
import { Panel } from './Panel.tsx';

const EmojiGrid = lazy(async () => ({ default: (await import('./EmojiGrid.tsx')).EmojiGrid }));

export interface ComposerProps {
  readonly group: Group;
  readonly open: 'panel' | 'emoji' | undefined;
  readonly onOpen: (open: 'panel' | 'emoji' | undefined) => void;
  /** Chosen one by one: they are sent. */
  readonly onPictures: (files: readonly File[]) => void;
  /** Pasted: perhaps by mistake. */
  readonly onPasted: (files: readonly File[]) => void;
}

/** Where one writes: the field, emoji, Send, and the panel behind +. What is typed survives a reload. */
export function Composer({ group, open, onOpen, onPictures, onPasted }: ComposerProps) {
  const { t } = useTranslation();
  const { outbox, keep } = useChatDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => keep.draft(group.id));
  // What is sent is what counts: a pasted table's thousand trailing tabs are not.
  const cleaned = MessageText.safeParse(text).data;
  const ready = cleaned !== undefined;
  const over = lengthOf(text) - limits.messageLength;

  const write = (next: string) => {
    setText(next);
    keep.putDraft(group.id, next);
  };
  const send = () => {
    if (!cleaned) return;
    outbox.text(group.id, cleaned);
    write('');
    field.current?.focus();
  };
  const insert = (emoji: string) => {
    const { selectionStart: from = text.length, selectionEnd: to = text.length } = field.current ?? {};
    write(text.slice(0, from) + emoji + text.slice(to));
    const caret = from + emoji.length;
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret));
  };
  const turn = (which: 'panel' | 'emoji') => {
    onOpen(open === which ? undefined : which);
    if (open === which) field.current?.focus();
  };

  return (
    <div className={css['composer']} data-under-field={open}>
      <form
        className={css['line']}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div className={css['field']}>
          <textarea
            ref={field}
            className={css['text']}
            rows={1}
            value={text}
            placeholder={t('chat.message')}
            aria-label={t('chat.message')}
            aria-invalid={over > 0 || undefined}
            enterKeyHint="send"
            onChange={(event) => write(event.target.value)}
            onFocus={() => {
              if (open) onOpen(undefined);
            }}
            onKeyDown={(event) => {
              if (!sends(event)) return;
              event.preventDefault();
              send();
            }}
            onPaste={(event) => pasted(event, onPasted)}
          />
          <IconButton label={t('chat.emoji')} aria-expanded={open === 'emoji'} onClick={() => turn('emoji')}>
            <Smile size={22} strokeWidth={1.75} />
          </IconButton>
        </div>
        <span className={cx(css['plus'], ready && css['writing'])}>
          <IconButton label={t('chat.more')} aria-expanded={open === 'panel'} onClick={() => turn('panel')}>
            <span className={cx(css['ring'], open === 'panel' && css['turned'])}>
              <Plus size={18} strokeWidth={1.75} />
            </span>
          </IconButton>
        </span>
        {ready && (
          <span className={css['go']}>
            <IconButton label={t('chat.send')} type="submit">
              <span className={css['disc']}>
                <ArrowUp size={20} strokeWidth={2} />
              </span>
            </IconButton>
          </span>
        )}
      </form>
      {over > 0 && (
        <p className={css['over']} role="alert">
          {t('chat.tooLong', { count: over })}
        </p>
      )}
      {open === 'panel' && <Panel group={group} onPictures={onPictures} onClose={() => onOpen(undefined)} />}
      {open === 'emoji' && (
        <Suspense fallback={<div className={css['wait']} />}>
          <EmojiGrid onPick={insert} />
        </Suspense>
      )}
    </div>
  );
}

/** Enter sends; with Shift it is a new line, and while an input method composes it belongs to that (229: Safari's sign for it). */
function sends({ key, shiftKey, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing && nativeEvent.keyCode !== 229;
}

function pasted(event: ClipboardEvent, onPictures: (files: readonly File[]) => void): void {
  // Cells of a table come as text and as a picture of it: people mean the text.
  if (event.clipboardData.types.includes('text/plain')) return;
  const pictures = [...event.clipboardData.files].filter(({ type }) => type.startsWith('image/'));
  if (pictures.length === 0) return;
  event.preventDefault();
  onPictures(pictures);
}
