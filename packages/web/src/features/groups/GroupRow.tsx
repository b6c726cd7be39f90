import type { GroupLine, MessagePreview, UserId } from '@groupcast/protocol';
import { Link } from 'wouter';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { listTime, shortNumber } from '../../ui/format.ts';
import { GroupFace } from '../../ui/GroupFace.tsx';
import { Pill } from '../../ui/Pill.tsx';
import css from './GroupRow.module.css';
import { unread } from './model.ts';

/** One group: who said what last, when, how much is unread, and whether somebody is live. */
export function GroupRow({
  line,
  open,
  me,
}: {
  readonly line: GroupLine;
  readonly open: boolean;
  readonly me: UserId;
}) {
  const { t, language } = useTranslation();
  const { group, last, hosts } = line;
  const words = { today: t('app.today'), yesterday: t('app.yesterday') };
  return (
    <Link
      href={`/g/${group.id}`}
      className={cx(css['row'], open && css['open'])}
      aria-current={open ? 'page' : undefined}
    >
      <GroupFace group={group} size={44} />
      <span className={css['name']}>{group.name}</span>
      <span className={css['when']}>{last && listTime(last.at, Date.now(), language, words)}</span>
      {hosts.length > 0 ? (
        <span className={css['live']}>
          {t('groups.liveNow', { count: hosts.length, names: new Intl.ListFormat(language).format(hosts) })}
        </span>
      ) : (
        <span className={css['last']}>
          {last ? lastLine(last, me, t) : t('groups.members', { count: group.memberCount })}
        </span>
      )}
      <span className={css['signs']}>
        {hosts.length > 0 && (
          <Pill look="live" small dot>
            <span aria-hidden="true">{hosts.length}</span>
          </Pill>
        )}
        {unread(line) > 0 && (
          <Pill look="unread" small>
            <span className="visually-hidden">{t('groups.unread', { count: unread(line) })}</span>
            <span aria-hidden="true">{unread(line) > 999 ? '999+' : shortNumber(unread(line), language)}</span>
          </Pill>
        )}
      </span>
    </Link>
  );
}

/** "Lin: Page 43", as short as it can be understood. */
function lastLine(last: MessagePreview, me: UserId, t: Translate): string {
  const who = last.by.id === me ? t('groups.you') : last.by.name;
  switch (last.kind) {
    case 'text':
      return `${who}: ${last.text}`;
    case 'picture':
      return `${who}: ${t('groups.lastPicture')}`;
    case 'card':
      return `${who}: ${t('groups.lastCard', { topic: last.text })}`;
    case 'recalled':
      return t('groups.lastRecalled', { name: who });
    case 'deleted':
      return t('groups.lastDeleted');
    case 'ask':
      return t(last.text === 'waiting' ? 'groups.lastAsk' : 'groups.lastAnswer', { name: who });
    case 'notice':
      return noticeLine(last, t);
  }
}

function noticeLine({ by, text }: MessagePreview, t: Translate): string {
  if (text === 'created') return t('chat.noticeCreated', { name: by.name });
  if (text === 'left') return t('chat.noticeLeft', { name: by.name });
  if (text === 'joined') return t('chat.noticeJoined', { name: by.name });
  return t(text === 'renamed' ? 'groups.lastRenamed' : 'groups.lastRemoved', { name: by.name });
}
