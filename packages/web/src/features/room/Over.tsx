import type { EndReason, Live } from '@groupcast/protocol';
import { type Translate, useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { clock, shortNumber } from '../../ui/format.ts';
import { OtherLive } from './Interrupted.tsx';
import css from './Over.module.css';

type Ended = Extract<Live, { state: 'ended' }>;

/** Who or what ended a live, as a sentence. */
function endedBecause(live: Pick<Ended, 'host' | 'endedBy'>, reason: EndReason, t: Translate): string {
  const name = live.host.name;
  switch (reason) {
    case 'host':
      return t('room.overHost', { name });
    case 'admin':
      return live.endedBy ? t('room.overAdmin', { name: live.endedBy.name }) : t('room.overAdminUnknown');
    case 'grace':
      return t('room.overGrace', { name });
    case 'timeLimit':
      return t('room.overTimeLimit');
    case 'hostRemoved':
      return t('room.overHostRemoved', { name });
    case 'groupDeleted':
      return t('room.overGroupDeleted');
    case 'operator':
      return t('room.overOperator');
  }
}

export interface OverProps {
  readonly live: Ended;
  readonly other: Live | undefined;
  readonly onSwitch: (live: Live) => void;
  readonly onLeave: () => void;
}

/** The end, as viewers see it: why, what it came to, and the ways on. */
export function Over({ live, other, onSwitch, onLeave }: OverProps) {
  const { t, language } = useTranslation();
  const { viewers, comments, likes, durationMs, reason } = live.result;
  const numbers = [
    [t('room.viewers'), shortNumber(viewers, language)],
    [t('room.commentsCount'), shortNumber(comments, language)],
    [t('room.likes'), shortNumber(likes, language)],
    [t('room.duration'), clock(durationMs)],
  ] as const;
  return (
    <section className={css['over']}>
      <Face person={live.host} size={72} />
      <h2>{t('room.over')}</h2>
      <p>{endedBecause(live, reason, t)}</p>
      {live.note && <p>{t('room.reason', { note: live.note })}</p>}
      <dl className={css['numbers']}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Button look="main" size="big" onClick={onLeave}>
        {t('room.backToChat')}
      </Button>
      {other && <OtherLive live={other} onSwitch={onSwitch} />}
    </section>
  );
}

/** A live that is not here, or not for this person: both look the same. */
export function Gone({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={css['over']}>
      <h2>{t('room.gone')}</h2>
      <p>{t('room.goneText')}</p>
      <Button look="main" size="big" onClick={onLeave}>
        {t('room.backToChat')}
      </Button>
    </section>
  );
}
