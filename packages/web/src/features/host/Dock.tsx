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
  children,
}: {
  readonly capture: Capture;
  readonly audioOnly: boolean;
  readonly onDevices: () => void;
  /** More tools. */
  readonly children?: ReactNode;
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
        toggle={heard}
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
            toggle={seen}
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
      {children}
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly words: string;
  readonly on: boolean;
  /** Whether it is pressed, for what can be; left out for what only opens something. */
  readonly toggle?: boolean;
  readonly disabled?: boolean;
  /** So many wait there. */
  readonly count?: number;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** One of the dock's: a sign, a word, and how many wait behind it. */
export function Tool({ label, words, on, toggle, disabled, count = 0, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      className={cx(css['tool'], !on && css['off'])}
      aria-label={label}
      aria-pressed={toggle}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={css['sign']}>
        {children}
        {count > 0 && <span className={css['count']}>{count}</span>}
      </span>
      <span className={css['words']}>{words}</span>
    </button>
  );
}
