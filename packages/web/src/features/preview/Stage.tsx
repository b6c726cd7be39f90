import {
  ClientId,
  cleanLine,
  type FaultCode,
  type Group,
  type GroupId,
  lengthOf,
  limits,
  type Me,
} from '@groupcast/protocol';
import { Lock, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { onDevicesChange } from '../../media/devices.ts';
import { warmMedia } from '../../media/warm.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { newId } from '../../ui/newId.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { Controls } from './Controls.tsx';
import { DeviceHelp } from './DeviceHelp.tsx';
import { helpFor, ready } from './help.ts';
import { SelfView } from './SelfView.tsx';
import css from './Stage.module.css';
import { useCapture } from './useCapture.ts';

/** What is asked for when somebody goes live. */
export interface NewLive {
  readonly group: GroupId;
  readonly clientId: ClientId;
  readonly topic: string;
  readonly audioOnly: boolean;
}

export interface StageProps {
  readonly group: Group;
  readonly me: Me;
  /** Goes live with these devices, which belong to the live from then on; or says why not, and they stay here. */
  readonly onGo: (capture: Capture, wanted: NewLive) => Promise<FaultCode | undefined>;
  readonly onClose: () => void;
}

/** Camera and microphone before they are sent. */
export function Stage(props: StageProps) {
  const { capture, keep } = useCapture(false);
  useEffect(warmMedia, []);
  return capture ? <Ready {...props} capture={capture} onKeep={keep} /> : null;
}

/** A topic from the group's name, cut to what a topic may have. */
const suggest = (words: string): string => [...cleanLine(words)].slice(0, limits.topicLength).join('');

function Ready({
  group,
  me,
  onGo,
  onClose,
  capture,
  onKeep,
}: StageProps & { readonly capture: Capture; readonly onKeep: (kept: boolean) => void }) {
  const { t } = useTranslation();
  const state = useReadable(capture.state);
  const [topic, setTopic] = useState(() => suggest(t('preview.topicSuggested', { group: group.name })));
  const [audioOnly, setAudioOnly] = useState(false);
  const [going, setGoing] = useState(false);
  const [fault, setFault] = useState<FaultCode>();
  const help = helpFor(state);
  const retry = () => void capture.open(audioOnly);

  // Something was plugged in: what failed before may work now.
  const failed = help !== undefined && help.title !== 'insecure';
  useEffect(
    () => (failed ? onDevicesChange(() => void capture.open(audioOnly)) : undefined),
    [failed, capture, audioOnly],
  );

  const chooseAudioOnly = (only: boolean) => {
    setAudioOnly(only);
    void capture.setCamera(!only);
  };
  const go = async () => {
    setGoing(true);
    setFault(undefined);
    onKeep(true);
    const refused = await onGo(capture, { group: group.id, clientId: ClientId.parse(newId()), topic, audioOnly });
    if (!refused) return;
    onKeep(false);
    setGoing(false);
    setFault(refused);
  };
  const length = lengthOf(cleanLine(topic));
  const fits = length > 0 && length <= limits.topicLength;

  return (
    <section className={css['stage']} aria-label={t('preview.title')}>
      <SelfView capture={capture} person={me} />
      <div className={css['veil']} />
      <header className={css['top']}>
        <IconButton look="glass" label={t('preview.close')} onClick={onClose} disabled={going}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
        <span className={css['only']}>
          <Lock size={16} strokeWidth={2} aria-hidden="true" />
          {t('preview.onlyGroup', { group: group.name })}
        </span>
      </header>
      <div className={css['lower']}>
        {help && !(audioOnly && state.microphone.state === 'on') && <DeviceHelp help={help} onRetry={retry} />}
        {fault && (
          <p className={css['fault']} role="alert">
            {t(`fault.${fault}`)}
          </p>
        )}
        <label className={css['topic']}>
          <span>
            {t('preview.topic')}
            <span aria-hidden="true">{t('preview.topicCount', { count: length, max: limits.topicLength })}</span>
          </span>
          <input
            type="text"
            aria-label={t('preview.topic')}
            value={topic}
            onChange={(event) => setTopic(event.target.value)}
            aria-invalid={!fits}
            autoComplete="off"
            disabled={going}
          />
        </label>
        <Controls capture={capture} audioOnly={audioOnly} onAudioOnly={chooseAudioOnly} />
        <Button
          look="main"
          size="big"
          wide
          busy={going}
          disabled={!fits || !ready(state, audioOnly)}
          onClick={() => void go()}
        >
          {t(going ? 'preview.going' : 'preview.goLive')}
        </Button>
        <p className={css['hint']}>
          {fits ? t('preview.members', { count: group.memberCount }) : t('preview.topicEmpty')}
        </p>
      </div>
    </section>
  );
}
