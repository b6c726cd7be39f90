import { ChevronRight, Headphones, Mic, MicOff, SwitchCamera, Video } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { useReadable } from '../../ui/useReadable.ts';
import css from './Controls.module.css';
import { DeviceSheet, useDevices } from './DeviceSheet.tsx';
import { LevelMeter } from './LevelMeter.tsx';

export interface ControlsProps {
  readonly capture: Capture;
  readonly audioOnly: boolean;
  readonly onAudioOnly: (only: boolean) => void;
  /** There is nothing but the voice to choose. */
  readonly voiceAlone?: boolean;
}

/** Microphone with its level and name, flip, and audio only. */
export function Controls({ capture, audioOnly, onAudioOnly, voiceAlone }: ControlsProps) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const { camera, microphone } = useReadable(capture.state);
  const cameras = useDevices('videoinput', camera.state === 'on');
  const track = microphone.state === 'on' ? microphone.track : undefined;
  const Sign = track ? Mic : MicOff;
  const name = track?.label || t('preview.defaultMicrophone');
  return (
    <>
      <button
        type="button"
        className={css['microphone']}
        onClick={() => setChoosing(true)}
        aria-label={`${t('preview.devices')}: ${name}`}
      >
        <Sign size={20} strokeWidth={1.75} aria-hidden="true" />
        <LevelMeter track={track} />
        <span className={css['name']}>{name}</span>
        <ChevronRight size={18} strokeWidth={1.75} aria-hidden="true" />
      </button>
      {!voiceAlone && (
        <div className={css['two']}>
          <button
            type="button"
            onClick={() => void capture.flip()}
            disabled={audioOnly || camera.state !== 'on' || cameras.length < 2}
          >
            <SwitchCamera size={20} strokeWidth={1.75} aria-hidden="true" />
            {t('preview.flip')}
          </button>
          <button type="button" aria-pressed={audioOnly} onClick={() => onAudioOnly(!audioOnly)}>
            {audioOnly ? (
              <Video size={20} strokeWidth={1.75} aria-hidden="true" />
            ) : (
              <Headphones size={20} strokeWidth={1.75} aria-hidden="true" />
            )}
            {t(audioOnly ? 'preview.withCamera' : 'preview.audioOnly')}
          </button>
        </div>
      )}
      {choosing && <DeviceSheet capture={capture} audioOnly={audioOnly} onClose={() => setChoosing(false)} />}
    </>
  );
}
