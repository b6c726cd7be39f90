import type { Person } from '@groupcast/protocol';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import css from './MuteDialog.module.css';

/** Seconds. */
const times = ['10', '60', '600', '3600', '86400'] as const;

/** Chooses for how long somebody may not comment in this live, or lets them again. */
export function MuteDialog({
  person,
  onMute,
  onClose,
}: {
  readonly person: Person;
  readonly onMute: (ms: number) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [time, setTime] = useState<(typeof times)[number]>('600');
  const [busy, setBusy] = useState(false);
  const mute = async (ms: number) => {
    setBusy(true);
    await onMute(ms);
    setBusy(false);
  };
  return (
    <Dialog look="sheet" title={t('room.muteAsk', { name: person.name })} onClose={onClose}>
      <div className={css['mute']}>
        <p>{t('room.muteText')}</p>
        <Select
          label={t('room.muteFor')}
          value={time}
          options={times}
          nameOf={(one) => t(`room.mute_${one}`)}
          onValue={setTime}
        />
        <Button look="main" size="big" wide busy={busy} onClick={() => void mute(Number(time) * 1_000)}>
          {t('room.muteAct')}
        </Button>
        <Button wide disabled={busy} onClick={() => void mute(0)}>
          {t('room.unmutePerson')}
        </Button>
      </div>
    </Dialog>
  );
}
