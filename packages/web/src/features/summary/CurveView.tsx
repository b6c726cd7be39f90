import type { Summary } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { clock, shortNumber, timeOfDay } from '../../ui/format.ts';
import css from './CurveView.module.css';
import { curveOf, type Tick } from './model.ts';

const width = 350;
const height = 112;
/** Under the curve: comments, likes, times. */
const rows = { comments: height + 8, likes: height + 24, times: height + 58, all: height + 64 } as const;
const tickHeight = 11;
const briefMs = 8 * 60_000;

/** How many watched over time, with what was said and liked as ticks under it. */
export function CurveView({ summary }: { readonly summary: Summary }) {
  const { t, language } = useTranslation();
  const curve = curveOf(summary, width, height);
  // Within some minutes the time of day would say the same four times.
  const brief = summary.result.durationMs < briefMs;
  const time = (at: number) => (brief ? clock(at - summary.since) : timeOfDay(at, language));
  const peak = shortNumber(summary.peak.viewers, language);
  return (
    <figure className={css['figure']}>
      <figcaption className={css['caption']}>
        <strong>{t('summary.viewers')}</strong>
        <span>{t('summary.atOnce', { viewers: peak, time: time(summary.peak.at) })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${rows.all}`} role="img" aria-label={t('summary.curve', { peak })}>
        <defs>
          <linearGradient id="summary-fill" x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="var(--accent)" stopOpacity="0.3" />
            <stop offset="1" stopColor="var(--accent)" stopOpacity="0.02" />
          </linearGradient>
        </defs>
        {curve.steps.map(({ y, viewers }) => (
          <g key={viewers}>
            <line x1="0" x2={width} y1={y} y2={y} className={css['step']} />
            <text x="0" y={y - 4}>
              {shortNumber(viewers, language)}
            </text>
          </g>
        ))}
        <path d={curve.area} fill="url(#summary-fill)" />
        {curve.interrupted.map(({ x, width: wide }) => (
          <rect key={x} x={x} y="0" width={wide} height={height} rx="1.5" className={css['interrupted']} />
        ))}
        <path d={curve.line} className={css['line']} />
        <line x1="0" x2={width} y1={height} y2={height} className={css['base']} />
        <circle cx={curve.peak.x} cy={curve.peak.y} r="4.5" className={css['peak']} />
        <Ticks ticks={curve.comments} y={rows.comments} name={css['comments']} />
        <Ticks ticks={curve.likes} y={rows.likes} name={css['likes']} />
        {curve.times.map(({ x, at }, index) => (
          <text
            key={at}
            x={x}
            y={rows.times}
            textAnchor={index === 0 ? 'start' : index === curve.times.length - 1 ? 'end' : 'middle'}
          >
            {time(at)}
          </text>
        ))}
      </svg>
      <ul className={css['legend']}>
        <li className={css['ofComments']}>{t('summary.comments')}</li>
        <li className={css['ofLikes']}>{t('summary.likes')}</li>
        {curve.interrupted.length > 0 && <li className={css['ofInterrupted']}>{t('summary.interrupted')}</li>}
      </ul>
    </figure>
  );
}

function Ticks({
  ticks,
  y,
  name,
}: {
  readonly ticks: readonly Tick[];
  readonly y: number;
  readonly name: string | undefined;
}) {
  return (
    <g className={name}>
      {ticks.map(({ x, weight }) => (
        <line key={x} x1={x} x2={x} y1={y} y2={y + tickHeight} opacity={0.45 + weight * 0.55} />
      ))}
    </g>
  );
}
