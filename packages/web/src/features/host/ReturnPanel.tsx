import type { FaultCode, Live, Me } from '@groupcast/protocol';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { useWire } from '../../realtime/context.tsx';
import { useNow } from '../../realtime/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { clock } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { DeviceHelp, helpFor, SelfView, useCapture } from '../preview/index.ts';
import { graceOf } from '../room/index.ts';
import { EndButton } from './HostFrame.tsx';
import { comeBack, endLive, type OnAir } from './onAir.ts';
import css from './ReturnPanel.module.css';

type Running = Extract<Live, { state: 'live' | 'interrupted' }>;

export interface ReturnPanelProps {
  readonly me: Me;
  readonly live: Running;
  readonly groupName: string;
  readonly onAir: (onAir: OnAir) => void;
  readonly onLeave: () => void;
}

/** The host's live runs, but not from this page: shows what would be sent, and sends it only when asked. */
export function ReturnPanel(props: ReturnPanelProps) {
  const { capture, keep } = useCapture(props.live.audioOnly);
  return capture ? <Ready {...props} capture={capture} onKeep={keep} /> : null;
}

function Ready({
  me,
  live,
  groupName,
  onAir,
  onLeave,
  capture,
  onKeep,
}: ReturnPanelProps & { readonly capture: Capture; readonly onKeep: (kept: boolean) => void }) {
  const { t } = useTranslation();
  const wire = useWire();
  const state = useReadable(capture.state);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const help = helpFor(state);
  const elsewhere = fault === 'hostElsewhere';
  const nothing = state.camera.state !== 'on' && state.microphone.state !== 'on';

  const back = async () => {
    setBusy(true);
    onKeep(true);
    const answer = await comeBack(wire, capture, live, elsewhere);
    if ('ok' in answer) return onAir(answer.ok);
    onKeep(false);
    setBusy(false);
    setFault(answer.fault);
  };

  return (
    <section className={css['return']} aria-label={t('host.yourLive')}>
      <SelfView capture={capture} person={me} />
      <div className={css['veil']} />
      <header className={css['top']}>
        <IconButton look="glass" label={t('room.leave')} onClick={onLeave}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
        <span className={css['space']} />
        <EndButton onEnd={() => endLive(wire, live.id)} />
      </header>
      <div className={css['lower']}>
        {help && <DeviceHelp help={help} onRetry={() => void capture.open(live.audioOnly)} />}
        {fault && !elsewhere && (
          <p className={css['fault']} role="alert">
            {t(`fault.${fault}`)}
          </p>
        )}
        <h2>{elsewhere ? t('host.elsewhereTitle') : t('host.returnTitle', { group: groupName })}</h2>
        <p>{t(elsewhere ? 'host.elsewhereText' : 'host.returnText')}</p>
        {live.state === 'interrupted' && <Waiting live={live} />}
        <Button look="main" size="big" wide busy={busy} disabled={nothing} onClick={() => void back()}>
          {t(elsewhere ? 'host.takeOver' : 'host.returnHere')}
        </Button>
      </div>
    </section>
  );
}

function Waiting({ live }: { readonly live: Extract<Live, { state: 'interrupted' }> }) {
  const { t } = useTranslation();
  const { leftMs } = graceOf(live, useNow(500));
  return <p className={css['waiting']}>{t('host.waitingBack', { time: clock(leftMs + 999) })}</p>;
}
