import type { Summary } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { clock } from '../../ui/format.ts';
import css from './Details.module.css';
import { endWords } from './model.ts';

/** What else there is to know, one line each. */
export function Details({ summary }: { readonly summary: Summary }) {
  const { t } = useTranslation();
  const { averageWatchMs, interrupted, result, endedBy, host, note } = summary;
  const ended = t(`summary.endedBy.${endWords(result.reason, endedBy)}`, { name: (endedBy ?? host).name });
  const lines = [
    { name: t('summary.average'), value: clock(averageWatchMs) },
    {
      name: t('summary.interrupted'),
      value:
        interrupted.times === 0
          ? t('summary.never')
          : t('summary.times', { time: clock(interrupted.totalMs), count: interrupted.times }),
    },
    { name: t('summary.ended'), value: ended },
    ...(note ? [{ name: t('summary.reason'), value: note }] : []),
  ];
  return (
    <ul className={css['details']}>
      {lines.map(({ name, value }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={css['value']}>{value}</span>
        </li>
      ))}
    </ul>
  );
}
