import { Mic, MicOff, Settings2, SwitchCamera, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { cx } from '../../ui/cx.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { useDevices } from '../preview/index.ts';
import css from './Dock.module.css';

/** Microphone, camera, flip, devices. Each shows what the device really does. */
export function Dock({
  capture,
  audioOnly,
  onDevices,
}: {
  readonly capture: Capture;
  readonly audioOnly: boolean;
  readonly onDevices: () => void;
}) {
  const { t } = useTranslation();
  const { camera, microphone } = useReadable(capture.state);
  const cameras = useDevices('videoinput', camera.state === 'on');
  const heard = microphone.state === 'on' && !microphone.muted;
  const seen = camera.state === 'on';
  const size = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <div className={css['dock']}>
      <Tool
        label={t('host.mic')}
        words={t(heard ? 'host.mic' : 'host.micOff')}
        on={heard}
        toggle
        onClick={() => void capture.setMicrophone(!heard)}
      >
        {heard ? <Mic {...size} /> : <MicOff {...size} />}
      </Tool>
      {!audioOnly && (
        <>
          <Tool
            label={t('host.camera')}
            words={t(seen ? 'host.camera' : 'host.cameraOff')}
            on={seen}
            toggle
            onClick={() => void capture.setCamera(!seen)}
          >
            {seen ? <Video {...size} /> : <VideoOff {...size} />}
          </Tool>
          <Tool
            label={t('host.flip')}
            words={t('host.flip')}
            on
            disabled={!seen || cameras.length < 2}
            onClick={() => void capture.flip()}
          >
            <SwitchCamera {...size} />
          </Tool>
        </>
      )}
      <Tool label={t('host.devices')} words={t('host.devices')} on onClick={onDevices}>
        <Settings2 {...size} />
      </Tool>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly words: string;
  readonly on: boolean;
  readonly toggle?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Tool({ label, words, on, toggle, disabled, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={cx(css['tool'], !on && css['off'])}
      aria-label={label}
      aria-pressed={toggle ? on : undefined}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={css['sign']}>{children}</span>
      <span className={css['words']}>{words}</span>
    </button>
  );
}
