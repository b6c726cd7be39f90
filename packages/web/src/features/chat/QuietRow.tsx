import type { Message, UserId } from '@groupcast/protocol';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { dayName, timeOfDay } from '../../ui/format.ts';
import css from './QuietRow.module.css';

/** Something happened in the group, in one quiet line. */
export function QuietRow({ message, me }: { readonly message: Message; readonly me: UserId }) {
  const { t } = useTranslation();
  return <p className={css['quiet']}>{quietText(message, me, t)}</p>;
}

export function TimeRow({ at, day }: { readonly at: number; readonly day: boolean }) {
  const { t, language } = useTranslation();
  const words = { today: t('app.today'), yesterday: t('app.yesterday') };
  const time = timeOfDay(at, language);
  return (
    <p className={css['time']}>
      <time dateTime={new Date(at).toISOString()}>
        {day ? `${dayName(at, Date.now(), language, words)} ${time}` : time}
      </time>
    </p>
  );
}

export function UnreadRow() {
  const { t } = useTranslation();
  return (
    <p className={css['unread']}>
      <span>{t('chat.unreadLine')}</span>
    </p>
  );
}

function quietText({ by: { id, name }, body }: Message, me: UserId, t: Translate): string {
  switch (body.kind) {
    case 'recalled':
      return id === me ? t('chat.recalledYou') : t('chat.recalled', { name });
    case 'deleted':
      return t('chat.removed', { name: body.by.name });
    case 'notice':
      return noticeText(name, body.notice, t);
    case 'text':
    case 'picture':
    case 'card':
    case 'ask':
      return '';
  }
}

type Noticed = Extract<Message['body'], { kind: 'notice' }>['notice'];

function noticeText(name: string, notice: Noticed, t: Translate): string {
  switch (notice.what) {
    case 'created':
      return t('chat.noticeCreated', { name });
    case 'joined':
      return t('chat.noticeJoined', { name });
    case 'left':
      return t('chat.noticeLeft', { name });
    case 'removed':
      return t('chat.noticeRemoved', { name, who: notice.who.name });
    case 'renamed':
      return t('chat.noticeRenamed', { name, group: notice.name });
  }
}
