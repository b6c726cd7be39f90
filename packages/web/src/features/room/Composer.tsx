import { cleanLine, lengthOf, limits } from '@groupcast/protocol';
import { ArrowUp, MessageSquareOff } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { timeOfDay } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useReadablePart } from '../../ui/useReadable.ts';
import css from './Composer.module.css';
import type { RoomSession } from './session.ts';

const tellFrom = 20;

/** One line to say something. What is typed survives a reload; what is too long is counted, not cut. */
export function Composer({ session }: { readonly session: RoomSession }) {
  const mutedUntil = useMutedUntil(session);
  if (mutedUntil !== null) return <Muted until={mutedUntil} />;
  return <Writing session={session} />;
}

/** So long nobody would read it; null: they would. */
function useMutedUntil(session: RoomSession): number | null {
  const until = useReadablePart(session.view, (view) => view.mutedUntil);
  const [over, setOver] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) return;
    const timer = setTimeout(() => setOver(until), session.mutedMs());
    return () => clearTimeout(timer);
  }, [until, session]);
  return until === over ? null : until;
}

function Muted({ until }: { readonly until: number }) {
  const { t, language } = useTranslation();
  return (
    <p className={css['muted']} role="status">
      <MessageSquareOff size={16} strokeWidth={2} aria-hidden="true" />
      {t('room.mutedUntil', { time: timeOfDay(until, language) })}
    </p>
  );
}

function Writing({ session }: { readonly session: Pick<RoomSession, 'draft' | 'comment'> }) {
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
