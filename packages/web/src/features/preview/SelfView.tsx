import type { Person } from '@groupcast/protocol';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { cx } from '../../ui/cx.ts';
import { Poster } from '../../ui/Poster.tsx';
import { useAmbient, useFit } from '../../ui/useFit.ts';
import { useReadable } from '../../ui/useReadable.ts';
import css from './SelfView.module.css';

/** The own camera as it really is now; a front camera like a mirror. Without camera: face and colour. */
export function SelfView({
  capture,
  person,
  small,
}: {
  readonly capture: Capture;
  readonly person: Person;
  readonly small?: boolean;
}) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const ambient = useRef<HTMLCanvasElement>(null);
  const { camera } = useReadable(capture.state);
  const track = camera.state === 'on' ? camera.track : undefined;
  const fit = useFit(video);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = track ? new MediaStream([track]) : null;
    if (track) void element.play().catch(() => undefined);
  }, [track]);
  useAmbient(video, ambient, track !== undefined);
  return (
    <div className={css['self']} data-camera={camera.state}>
      <Poster person={person} size={small ? 48 : 112} />
      <canvas ref={ambient} width={32} height={18} className={cx(css['ambient'], track && css['there'])} />
      <video
        ref={video}
        className={cx(
          css['video'],
          css[small ? 'cover' : fit],
          track && css['there'],
          camera.state === 'on' && camera.facing === 'user' && css['mirrored'],
        )}
        muted
        playsInline
        autoPlay
        aria-label={t('preview.camera')}
      />
    </div>
  );
}
