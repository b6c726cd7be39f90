import { useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { useReadable } from '../../ui/useReadable.ts';
import type { LiveDesk } from './desk.ts';
import css from './OwnLiveBar.module.css';
import { livePath } from './paths.ts';

/** Invited on stage in a live that is not open on this page: the way there. */
export function InvitationBar({ desk }: { readonly desk: LiveDesk }) {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const invitation = useReadable(desk.invitation);
  const groups = useReadable(desk.groups);
  if (!invitation || path.startsWith(livePath(invitation.group, invitation.live))) return null;
  const live = groups.get(invitation.group)?.lives.lives.find(({ id }) => id === invitation.live);
  return (
    <div className={css['bar']} role="status">
      <span className={css['dot']} />
      <span className={css['words']}>
        {live ? t('live.invitedBy', { name: live.host.name }) : t('live.invitedOnStage')}
      </span>
      <button type="button" onClick={() => go(livePath(invitation.group, invitation.live))}>
        {t('live.open')}
      </button>
    </div>
  );
}
