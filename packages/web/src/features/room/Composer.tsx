import { cleanLine, type LiveId, lengthOf, limits } from '@groupcast/protocol';
import { ArrowUp } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import css from './Composer.module.css';

const tellFrom = 20;
const keyOf = (live: LiveId): string => `groupcast.draft.${live}`;

/** One line to say something. What is typed survives a reload; what is too long is counted, not cut. */
export function Composer({ live, onSend }: { readonly live: LiveId; readonly onSend: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => sessionStorage.getItem(keyOf(live)) ?? '');
  const clean = cleanLine(text);
  const left = limits.commentLength - lengthOf(clean);

  const type = (next: string) => {
    setText(next);
    if (next) sessionStorage.setItem(keyOf(live), next);
    else sessionStorage.removeItem(keyOf(live));
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (clean === '' || left < 0) return;
    onSend(clean);
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
