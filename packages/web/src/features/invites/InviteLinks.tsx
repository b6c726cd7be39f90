import type { Group, Invite } from '@groupcast/protocol';
import { QrCode, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Failed } from '../../ui/Failed.tsx';
import { longDate } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';
import { CopyBox } from './CopyLink.tsx';
import css from './InviteLinks.module.css';
import { bestInvite, hoursOffered, isOpen, linkOf, usesOffered } from './model.ts';
import { useInvites } from './useInvites.ts';

const Qr = lazy(async () => ({ default: (await import('./Qr.tsx')).Qr }));

/** All links into a group: copy, show as a code, make, revoke. For its owner and admins. */
export function InviteLinks({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const { invites, refused, reload, create, revoke } = useInvites(group.id);
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<Invite>();
  const [revoking, setRevoking] = useState<Invite>();
  const open = (invites ?? []).filter((invite) => isOpen(invite, Date.now()));
  const best = bestInvite(open, Date.now());
  const link = (invite: Invite) => linkOf(location.origin, invite.code);
  if (refused) return <Failed text={refused} onRetry={reload} />;
  return (
    <div className={css['links']}>
      <CopyBox
        link={best && link(best)}
        placeholder={linkOf(location.origin, '…')}
        busy={!invites}
        label={t('invites.copy')}
        onAsk={async () => {
          const invite = best ?? (await create(hoursOffered.h720, null));
          return invite && link(invite);
        }}
      />
      <ul className={css['list']}>
        {open.map((invite) => (
          <li key={invite.id}>
            <span className={css['about']}>
              <b>{invite.code.slice(0, 8)}…</b>
              <Terms invite={invite} />
            </span>
            <IconButton label={t('invites.qr')} onClick={() => setShown(invite)}>
              <QrCode size={20} strokeWidth={1.75} />
            </IconButton>
            <IconButton label={t('invites.revoke')} onClick={() => setRevoking(invite)}>
              <Trash2 size={20} strokeWidth={1.75} />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button wide onClick={() => setMaking(true)}>
        {t('invites.create')}
      </Button>
      {making && (
        <MakeLink onClose={() => setMaking(false)} onMake={async (hours, uses) => void (await create(hours, uses))} />
      )}
      {shown && (
        <Dialog title={t('invites.qr')} onClose={() => setShown(undefined)}>
          <Suspense fallback={<div className={css['qrWait']} />}>
            <Qr text={link(shown)} label={t('invites.qrText', { group: group.name })} />
          </Suspense>
        </Dialog>
      )}
      {revoking && (
        <Confirm
          title={t('invites.revokeAsk')}
          text={t('invites.revokeText')}
          act={t('invites.revoke')}
          danger
          onAct={() => revoke(revoking).then(() => setRevoking(undefined))}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </div>
  );
}

function Terms({ invite: { until, uses, maxUses } }: { readonly invite: Invite }) {
  const { t, language } = useTranslation();
  const used =
    maxUses === null ? t('invites.used', { count: uses }) : t('invites.usedOf', { count: uses, max: maxUses });
  const ends =
    until === null ? t('invites.forever') : t('invites.until', { date: longDate(until, Date.now(), language) });
  return (
    <small>
      {used} · {ends}
    </small>
  );
}

interface MakeLinkProps {
  readonly onClose: () => void;
  readonly onMake: (hours: number | null, maxUses: number | null) => Promise<void>;
}

function MakeLink({ onClose, onMake }: MakeLinkProps) {
  const { t } = useTranslation();
  const [hours, setHours] = useState<keyof typeof hoursOffered>('h168');
  const [uses, setUses] = useState<keyof typeof usesOffered>('any');
  const [busy, setBusy] = useState(false);
  return (
    <Dialog title={t('invites.create')} look="sheet" onClose={onClose}>
      <div className={css['make']}>
        <Select
          label={t('invites.expires')}
          value={hours}
          options={hoursNames}
          nameOf={(name) => t(`invites.hours.${name}`)}
          onValue={setHours}
        />
        <Select
          label={t('invites.uses')}
          value={uses}
          options={usesNames}
          nameOf={(name) => t(`invites.maxUses.${name}`)}
          onValue={setUses}
        />
        <Button
          look="main"
          wide
          busy={busy}
          onClick={() => {
            setBusy(true);
            void onMake(hoursOffered[hours], usesOffered[uses]).then(onClose);
          }}
        >
          {t('invites.create')}
        </Button>
      </div>
    </Dialog>
  );
}

const hoursNames = ['h24', 'h168', 'h720', 'never'] as const;
const usesNames = ['one', 'ten', 'hundred', 'any'] as const;
