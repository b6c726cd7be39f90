import { MicOff, TriangleAlert, VideoOff } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import { useReadable } from '../../ui/useReadable.ts';
import type { OnAir } from './onAir.ts';
import { usePublishState } from './usePublishState.ts';
import css from './Warnings.module.css';

/** Words before things break: what the line can do, and what is not heard or seen. */
export function Warnings({ onAir }: { readonly onAir: OnAir }) {
  const { t } = useTranslation();
  const { line, quality } = usePublishState(onAir);
  const { camera, microphone } = useReadable(onAir.capture.state);
  const mending = line === 'mending' || line === 'connecting';
  return (
    <div className={css['warnings']} role="status">
      {mending && <Warning Sign={TriangleAlert} text={t('host.mending')} />}
      {!mending && quality !== 'good' && (
        <Warning Sign={TriangleAlert} text={t(quality === 'lost' ? 'host.lost' : 'host.weak')} />
      )}
      {microphone.state === 'failed' && <Warning Sign={MicOff} text={t('host.micLost')} />}
      {microphone.state === 'on' && microphone.muted && <Warning Sign={MicOff} text={t('host.muted')} />}
      {camera.state === 'failed' && <Warning Sign={VideoOff} text={t('host.cameraLost')} />}
    </div>
  );
}

function Warning({ Sign, text }: { readonly Sign: typeof MicOff; readonly text: string }) {
  return (
    <span className={css['warning']}>
      <Sign size={16} strokeWidth={2} aria-hidden="true" />
      {text}
    </span>
  );
}
