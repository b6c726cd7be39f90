import type { Live } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { useNow } from '../../realtime/useNow.ts';
import { Face } from '../../ui/Face.tsx';
import { clock } from '../../ui/format.ts';
import { Poster } from '../../ui/Poster.tsx';
import css from './Interrupted.module.css';
import { graceOf } from './model.ts';

const radius = 52;
const round = 2 * Math.PI * radius;

export interface InterruptedProps {
  readonly live: Extract<Live, { state: 'interrupted' }>;
  /** Another live of the group that runs, to pass the time. */
  readonly other: Live | undefined;
  readonly onSwitch: (live: Live) => void;
}

/** The host's line is gone: who, how long it may take, and what one can do meanwhile. */
export function Interrupted({ live, other, onSwitch }: InterruptedProps) {
  const { t } = useTranslation();
  const now = useNow(500);
  const { leftMs, share } = graceOf(live, now);
  return (
    <section className={css['interrupted']} aria-live="polite">
      <span className={css['face']}>
        <Face person={live.host} size={88} />
        <svg viewBox="0 0 112 112" aria-hidden="true">
          <circle cx="56" cy="56" r={radius} className={css['track']} />
          <circle
            cx="56"
            cy="56"
            r={radius}
            className={css['left']}
            strokeDasharray={round}
            strokeDashoffset={round * (1 - share)}
          />
        </svg>
      </span>
      <h2>{t('room.dropped', { name: live.host.name })}</h2>
      {/* The ticking clock would be read out every second; the sentence above is enough. */}
      <p className={css['within']} aria-live="off">
        {t('room.backWithin', { time: clock(leftMs + 999) })}
      </p>
      <p className={css['stay']}>{t('room.stay')}</p>
      {other && <OtherLive live={other} onSwitch={onSwitch} />}
    </section>
  );
}

/** Another live of the group, one tap away. */
export function OtherLive({ live, onSwitch }: { readonly live: Live; readonly onSwitch: (live: Live) => void }) {
  const { t } = useTranslation();
  return (
    <div className={css['other']}>
      <span className={css['tile']}>
        <Poster person={live.host} size={28} />
      </span>
      <span className={css['words']}>
        <strong>{live.topic}</strong>
        <span>{t('live.alsoLive', { name: live.host.name })}</span>
      </span>
      <button type="button" onClick={() => onSwitch(live)}>
        {t('live.watch')}
      </button>
    </div>
  );
}
