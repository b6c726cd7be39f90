import type { Live } from '@groupcast/protocol';
import { Eye, Heart, MessageCircle, WifiOff } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import { useNow } from '../../realtime/useNow.ts';
import { cx } from '../../ui/cx.ts';
import { clock, shortNumber } from '../../ui/format.ts';
import { Pill } from '../../ui/Pill.tsx';
import { durationOf } from './model.ts';
import css from './Numbers.module.css';

export interface NumbersProps {
  readonly live: Live;
  readonly viewers: number;
  readonly likes: number;
  readonly comments?: number;
  /** Own room of the host: on air, not only live. */
  readonly onAir?: boolean;
}

/** State with the clock, viewers and likes, as pills on the picture. Exact numbers under the pointer. */
export function Numbers({ live, viewers, likes, comments, onAir }: NumbersProps) {
  const { t, language } = useTranslation();
  const short = (value: number) => shortNumber(value, language);
  return (
    <div className={css['numbers']}>
      <span className={cx(onAir && css['first'])}>
        <StatePill live={live} onAir={onAir === true} />
      </span>
      <Pill look="glass">
        <Eye size={16} strokeWidth={1.75} aria-hidden="true" />
        <span
          title={t('live.viewers', { count: viewers })}
          role="img"
          aria-label={t('live.viewers', { count: viewers })}
        >
          {short(viewers)}
        </span>
      </Pill>
      <Pill look="glass">
        <Heart size={16} strokeWidth={1.75} aria-hidden="true" />
        <span title={t('live.likes', { count: likes })} role="img" aria-label={t('live.likes', { count: likes })}>
          {short(likes)}
        </span>
      </Pill>
      {comments !== undefined && (
        <Pill look="glass">
          <MessageCircle size={16} strokeWidth={1.75} aria-hidden="true" />
          <span
            title={t('live.comments', { count: comments })}
            role="img"
            aria-label={t('live.comments', { count: comments })}
          >
            {short(comments)}
          </span>
        </Pill>
      )}
    </div>
  );
}

/** LIVE 12:04, or what has become of it. */
export function StatePill({
  live,
  onAir,
  clockOnly,
}: {
  readonly live: Live;
  readonly onAir: boolean;
  readonly clockOnly?: boolean;
}) {
  const { t } = useTranslation();
  const now = useNow(500);
  const time = clock(durationOf(live, now));
  switch (live.state) {
    case 'live':
      return (
        <Pill look="live" dot>
          {clockOnly ? time : `${t(onAir ? 'host.onAir' : 'live.live')} ${time}`}
        </Pill>
      );
    case 'interrupted':
      return (
        <Pill look="warn">
          <WifiOff size={14} strokeWidth={2} aria-hidden="true" />
          {clockOnly ? time : t('live.interrupted')}
        </Pill>
      );
    case 'ended':
    case 'cancelled':
      return <Pill look="glass">{t('live.ended')}</Pill>;
    case 'preparing':
      return <Pill look="glass">{t('room.connecting')}</Pill>;
  }
}
