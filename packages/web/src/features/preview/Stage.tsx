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
  /** Lives of this group have no picture. */
  readonly onlySound: boolean;
  /** Goes live with these devices, which belong to the live from then on; or says why not, and they stay here. */
  readonly onGo: (capture: Capture, wanted: NewLive) => Promise<FaultCode | undefined>;
  /** Takes a place for a live that an encoder will send; or says why not. */
  readonly onEncoder: (wanted: Omit<NewLive, 'audioOnly'>) => Promise<FaultCode | undefined>;
  readonly onClose: () => void;
}

/** Camera and microphone before they are sent. */
export function Stage(props: StageProps) {
  const { capture, keep } = useCapture(props.onlySound);
  useEffect(warmMedia, []);
  return capture ? <Ready {...props} capture={capture} onKeep={keep} /> : null;
}

/** A topic typed before a reload or an ended sign-in; forgotten like every draft when its author signs out. */
const topicKey = (me: Me, group: Group): string => `groupcast.draft.${me.id}.topic.${group.id}`;
const keptTopic = (me: Me, group: Group): string | null => sessionStorage.getItem(topicKey(me, group));
function keepTopic(me: Me, group: Group, topic: string | undefined): void {
  if (topic) sessionStorage.setItem(topicKey(me, group), topic);
  else sessionStorage.removeItem(topicKey(me, group));
}

/** A topic from the group's name, cut to what a topic may have. */
const suggest = (words: string): string => [...cleanLine(words)].slice(0, limits.topicLength).join('');

function Ready({
  group,
  me,
  onlySound,
  onGo,
  onEncoder,
  onClose,
  capture,
  onKeep,
}: StageProps & { readonly capture: Capture; readonly onKeep: (kept: boolean) => void }) {
  const { t } = useTranslation();
  const state = useReadable(capture.state);
  const [topic, setTopic] = useState(
    () => keptTopic(me, group) ?? suggest(t('preview.topicSuggested', { group: group.name })),
  );
  const [audioOnly, setAudioOnly] = useState(onlySound);
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
    if (!refused) return keepTopic(me, group, undefined);
    onKeep(false);
    setGoing(false);
    setFault(refused);
  };
  const byEncoder = async () => {
    setGoing(true);
    setFault(undefined);
    const refused = await onEncoder({ group: group.id, clientId: ClientId.parse(newId()), topic });
    if (!refused) return keepTopic(me, group, undefined);
    setGoing(false);
    setFault(refused);
  };
  const length = lengthOf(cleanLine(topic));
  const over = length - limits.topicLength;
  const fits = length > 0 && over <= 0;
  const opening = state.camera.state === 'opening' || state.microphone.state === 'opening';
  const hint = () => {
    if (opening) return t('preview.opening');
    if (over > 0) return t('preview.topicTooLong', { count: over });
    return fits ? t('preview.members', { count: group.memberCount }) : t('preview.topicEmpty');
  };

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
            onChange={(event) => {
              setTopic(event.target.value);
              keepTopic(me, group, event.target.value);
            }}
            aria-invalid={!fits}
            autoComplete="off"
            disabled={going}
          />
        </label>
        <Controls capture={capture} audioOnly={audioOnly} onAudioOnly={chooseAudioOnly} voiceAlone={onlySound} />
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
        {!onlySound && (
          <button type="button" className={css['other']} disabled={!fits || going} onClick={() => void byEncoder()}>
            {t('encoder.use')}
          </button>
        )}
        <p className={css['hint']} role="status">
          {hint()}
        </p>
      </div>
    </section>
  );
}
