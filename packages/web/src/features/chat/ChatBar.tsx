import type { Group } from '@groupcast/protocol';
import { ChevronLeft, Ellipsis } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { LineStrip } from '../../realtime/LineStrip.tsx';
import { shortNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { unreadElsewhere, useGroups } from '../groups/index.ts';
import css from './ChatBar.module.css';

/** The way back, the group's name, and the way to its own page. */
export function ChatBar({ group }: { readonly group: Group }) {
  const { t, language } = useTranslation();
  const [, go] = useLocation();
  const elsewhere = unreadElsewhere(useGroups(), group.id);
  return (
    <>
      <header className={css['bar']}>
        <Link href="/" className={css['back']} aria-label={t('app.back')}>
          <ChevronLeft size={24} strokeWidth={1.75} aria-hidden="true" />
          {elsewhere > 0 && <span className={css['count']}>{shortNumber(elsewhere, language)}</span>}
        </Link>
        <h1 className={css['title']}>
          <span className={css['name']}>{group.name}</span>
          <small className={css['members']}>({group.memberCount})</small>
          <small className={css['memberLine']}>{t('groups.members', { count: group.memberCount })}</small>
        </h1>
        <div className={css['tools']}>
          <IconButton label={t('groups.info')} onClick={() => go(`/g/${group.id}/info`)}>
            <Ellipsis size={22} strokeWidth={1.75} />
          </IconButton>
        </div>
      </header>
      <LineStrip />
    </>
  );
}
