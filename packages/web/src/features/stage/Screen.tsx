import type { Person } from '@groupcast/protocol';
import { MonitorUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { cx } from '../../ui/cx.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { type Cast, useSeen } from './cast.ts';
import css from './Screen.module.css';

const words = {
  none: 'stage.screenComing',
  coming: 'stage.screenComing',
  off: 'stage.screenUnseen',
  held: 'stage.screenHeld',
} as const;

/** A screen that somebody else shows. */
export function Screen({ person, cast }: { readonly person: Person; readonly cast: Cast | undefined }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { screen } = useSeen(cast, person.id);
  useEffect(
    () => (cast && video.current ? cast.attach(person.id, video.current, 'screen') : undefined),
    [cast, person.id],
  );
  return (
    <div className={css['screen']} data-screen={screen}>
      <video
        ref={video}
        className={cx(css['video'], screen === 'shown' && css['there'])}
        muted
        playsInline
        autoPlay
        aria-label={t('stage.screenOf', { name: person.name })}
      />
      {screen !== 'shown' && <Words text={t(words[screen], { name: person.name })} />}
    </div>
  );
}

/** The own screen. A whole monitor would show itself in itself without end: then words do. */
export function OwnScreen({ capture }: { readonly capture: Capture }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { screen } = useReadable(capture.state);
  const track = screen.state === 'on' ? screen.track : undefined;
  const whole = track?.getSettings().displaySurface === 'monitor';
  const shown = whole ? undefined : track;
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = shown ? new MediaStream([shown]) : null;
    if (shown) void element.play().catch(() => undefined);
  }, [shown]);
  return (
    <div className={css['screen']} data-screen={track ? 'shown' : 'none'}>
      <video
        ref={video}
        className={cx(css['video'], shown && css['there'])}
        muted
        playsInline
        autoPlay
        aria-label={t('stage.ownScreen')}
      />
      {!shown && <Words text={t('stage.screenYours')} />}
    </div>
  );
}

function Words({ text }: { readonly text: string }) {
  return (
    <p className={css['words']} role="status">
      <MonitorUp size={28} strokeWidth={1.75} aria-hidden="true" />
      {text}
    </p>
  );
}
