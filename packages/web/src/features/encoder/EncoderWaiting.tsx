import type { Live } from '@groupcast/protocol';
import { RadioTower, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { useWire } from '../../realtime/context.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { cancelLive } from './commands.ts';
import { EncoderDetails } from './EncoderDetails.tsx';
import css from './EncoderWaiting.module.css';

export interface EncoderWaitingProps {
  readonly live: Live;
  readonly onLeave: () => void;
}

/** The place is taken; the live begins by itself when the encoder's picture comes. */
export function EncoderWaiting({ live, onLeave }: EncoderWaitingProps) {
  const { t } = useTranslation();
  const wire = useWire();
  const say = useToast();
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    const fault = await cancelLive(wire, live.id);
    setBusy(false);
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
    else onLeave();
  };
  return (
    <section className={css['waiting']} aria-label={t('encoder.waiting')}>
      <header className={css['top']}>
        <IconButton label={t('room.leave')} onClick={onLeave}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
        <Button size="small" busy={busy} onClick={() => void cancel()}>
          {t('app.cancel')}
        </Button>
      </header>
      <div className={css['words']} role="status">
        <RadioTower size={36} strokeWidth={1.5} aria-hidden="true" />
        <h2>{t('encoder.waiting')}</h2>
        <p>{t('encoder.waitingText', { topic: live.topic })}</p>
      </div>
      <EncoderDetails />
    </section>
  );
}
