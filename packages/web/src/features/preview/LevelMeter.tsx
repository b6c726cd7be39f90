import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { watchLevel } from '../../media/level.ts';
import css from './LevelMeter.module.css';

/** How loud the microphone is now. Drawn outside of React: it moves at every frame. */
export function LevelMeter({ track }: { readonly track: MediaStreamTrack | undefined }) {
  const { t } = useTranslation();
  const bars = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = bars.current;
    if (!element) return;
    if (!track) {
      element.style.setProperty('--level', '0%');
      return;
    }
    let smooth = 0;
    return watchLevel(track, (level) => {
      smooth = level > smooth ? level : smooth * 0.88 + level * 0.12;
      const percent = String(Math.round(smooth * 100));
      element.style.setProperty('--level', `${percent}%`);
      element.setAttribute('aria-valuenow', percent);
    });
  }, [track]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> cannot be drawn like this in every browser
    <div
      ref={bars}
      className={css['meter']}
      role="meter"
      aria-label={t('preview.microphoneLevel')}
      aria-valuenow={0}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span className={css['loud']} />
    </div>
  );
}
