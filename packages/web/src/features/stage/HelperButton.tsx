import type { GroupId, Me } from '@groupcast/protocol';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useReadablePart } from '../../ui/useReadable.ts';
import css from './HelperButton.module.css';
import { QueuePanel } from './QueuePanel.tsx';
import type { StageSession } from './session.ts';

/** A helper's way to the queue; nothing for who is none. */
export function HelperButton({
  session,
  group,
  me,
}: {
  readonly session: StageSession;
  readonly group: GroupId;
  readonly me: Me;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const helps = useReadablePart(session.state, (state) => state?.stage.helpers.some(({ id }) => id === me.id) === true);
  const waiting = useReadablePart(session.state, (state) => state?.stage.waiting.length ?? 0);
  if (!helps) return null;
  return (
    <span className={css['place']}>
      <IconButton look="glass" label={t('stage.queue')} onClick={() => setOpen(true)}>
        <Users size={22} strokeWidth={1.75} />
      </IconButton>
      {waiting > 0 && <span className={css['count']}>{waiting}</span>}
      {open && (
        <Dialog title={t('stage.queue')} look="sheet" onClose={() => setOpen(false)}>
          <QueuePanel session={session} group={group} me={me} isHost={false} />
        </Dialog>
      )}
    </span>
  );
}
