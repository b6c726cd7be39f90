import { cleanLine, type FaultCode, type GuestMedia, lengthOf, limits, type Me } from '@groupcast/protocol';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { Controls, DeviceHelp, helpFor, SelfView, useCapture } from '../preview/index.ts';
import css from './JoinSheet.module.css';

export interface JoinSheetProps {
  readonly me: Me;
  readonly title: string;
  /** Whether the host takes cameras; else it is the voice alone. */
  readonly camera: boolean;
  /** With a line to say what for. */
  readonly withLine?: boolean;
  readonly hint: string;
  readonly act: string;
  readonly onAct: (media: GuestMedia, line: string) => Promise<FaultCode | undefined>;
  readonly refuse?: string;
  readonly onRefuse?: () => Promise<FaultCode | undefined>;
  readonly onClose: () => void;
}

/** How one will be seen and heard, before anything is on air. The devices are closed with the sheet. */
export function JoinSheet(props: JoinSheetProps) {
  const { capture } = useCapture(!props.camera);
  return (
    <Dialog look="sheet" title={props.title} onClose={props.onClose}>
      {capture && <Ready {...props} capture={capture} />}
    </Dialog>
  );
}

function Ready({
  me,
  camera,
  withLine,
  hint,
  act,
  onAct,
  refuse,
  onRefuse,
  onClose,
  capture,
}: JoinSheetProps & { readonly capture: Capture }) {
  const { t } = useTranslation();
  const state = useReadable(capture.state);
  const [voiceOnly, setVoiceOnly] = useState(!camera);
  const [line, setLine] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const help = helpFor(state);
  const heard = state.microphone.state === 'on';
  const over = lengthOf(cleanLine(line)) - limits.askLength;

  const chooseVoice = (only: boolean) => {
    setVoiceOnly(only);
    void capture.setCamera(!only);
  };
  const run = async (what: () => Promise<FaultCode | undefined>) => {
    setBusy(true);
    const refused = await what();
    setBusy(false);
    setFault(refused);
    if (!refused) onClose();
  };
  return (
    <div className={css['sheet']}>
      <div className={css['devices']}>
        {!voiceOnly && (
          <div className={css['picture']}>
            <SelfView capture={capture} person={me} small />
          </div>
        )}
        {help && !(voiceOnly && heard) && <DeviceHelp help={help} onRetry={() => void capture.open(voiceOnly)} />}
        <Controls capture={capture} audioOnly={voiceOnly} onAudioOnly={chooseVoice} voiceAlone={!camera} />
      </div>
      {withLine && (
        <Field
          label={t('stage.line')}
          value={line}
          onValue={setLine}
          placeholder={t('stage.linePlaceholder')}
          problem={over > 0 ? t('room.tooLong', { count: over }) : undefined}
          autoComplete="off"
        />
      )}
      {fault && (
        <p className={css['fault']} role="alert">
          {t(`fault.${fault}`)}
        </p>
      )}
      <p className={css['hint']}>{hint}</p>
      <div className={css['acts']}>
        {refuse !== undefined && onRefuse && (
          <Button size="big" disabled={busy} onClick={() => void run(onRefuse)}>
            {refuse}
          </Button>
        )}
        <Button
          look="main"
          size="big"
          wide
          busy={busy}
          disabled={!heard || over > 0}
          onClick={() => void run(() => onAct(voiceOnly ? 'voice' : 'camera', cleanLine(line)))}
        >
          {act}
        </Button>
      </div>
    </div>
  );
}
