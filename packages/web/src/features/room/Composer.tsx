import { cleanLine, lengthOf, limits } from '@groupcast/protocol';
import { ArrowUp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import css from './Composer.module.css';
import type { RoomSession } from './session.ts';

const tellFrom = 20;

/** One line to say something. What is typed survives a reload; what is too long is counted, not cut. */
export function Composer({ session }: { readonly session: Pick<RoomSession, 'draft' | 'comment'> }) {
  const { t } = useTranslation();
  const [text, setText] = useState(session.draft);
  const clean = cleanLine(text);
  const left = limits.commentLength - lengthOf(clean);

  const type = (next: string) => {
    setText(next);
    session.draft = next;
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (clean === '' || left < 0) return;
    session.comment(clean);
    type('');
  };

  return (
    <form className={css['composer']} onSubmit={send}>
      <div className={css['field']}>
        <input
          type="text"
          aria-label={t('room.comment')}
          placeholder={t('room.commentPlaceholder')}
          value={text}
          onChange={(event) => type(event.target.value)}
          enterKeyHint="send"
          autoComplete="off"
          aria-invalid={left < 0 || undefined}
        />
        {left < tellFrom && (
          <span className={css[left < 0 ? 'over' : 'left']} role="status">
            {left < 0 ? t('room.tooLong', { count: -left }) : left}
          </span>
        )}
        {clean !== '' && (
          <IconButton label={t('room.sendComment')} type="submit" disabled={left < 0}>
            <ArrowUp size={20} strokeWidth={2} />
          </IconButton>
        )}
      </div>
    </form>
  );
}
