import type { LiveId, Summary } from '@groupcast/protocol';
import { Download, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { clock, fullDay, shortNumber, timeOfDay } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Poster } from '../../ui/Poster.tsx';
import { CurveView } from './CurveView.tsx';
import { Details } from './Details.tsx';
import { savePicture } from './picture.ts';
import css from './SummaryScreen.module.css';
import { useSummary } from './useSummary.ts';

/** All about an ended live, fit to be shown proudly. */
export function SummaryScreen({ live, onClose }: { readonly live: LiveId; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const screen = useRef<HTMLDialogElement>(null);
  const { state, again } = useSummary(live);
  useEffect(() => {
    if (screen.current && !screen.current.open) screen.current.showModal();
  }, []);
  return (
    <dialog
      ref={screen}
      className={css['screen']}
      aria-label={t('summary.title')}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <span className={css['close']}>
        <IconButton look="glass" label={t('summary.close')} onClick={onClose}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
      </span>
      {state.state === 'loading' && (
        <p className={css['wait']} role="status">
          {t('summary.loading')}
        </p>
      )}
      {state.state === 'failed' && (
        <div className={css['wait']} role="alert">
          <p>{t('summary.failed')}</p>
          <p>{t(`fault.${state.fault}`)}</p>
          <Button onClick={again}>{t('app.retry')}</Button>
        </div>
      )}
      {state.state === 'there' && <Numbers summary={state.summary} />}
    </dialog>
  );
}

function Numbers({ summary }: { readonly summary: Summary }) {
  const { t, language } = useTranslation();
  const { host, topic, since, result } = summary;
  const short = (value: number) => shortNumber(value, language);
  const when = `${fullDay(since, language)}, ${timeOfDay(since, language)} – ${timeOfDay(result.endedAt, language)}`;
  const numbers = [
    { name: t('summary.viewers'), value: short(result.viewers), exact: result.viewers },
    { name: t('summary.comments'), value: short(result.comments), exact: result.comments },
    { name: t('summary.likes'), value: short(result.likes), exact: result.likes },
    { name: t('summary.duration'), value: clock(result.durationMs), exact: clock(result.durationMs) },
  ];
  const save = () =>
    void savePicture({
      title: topic,
      subtitle: `${host.name} · ${when}`,
      numbers,
      summary,
      viewers: t('summary.viewers'),
    });
  return (
    <section className={css['region']} aria-label={t('summary.title')}>
      <header className={css['head']}>
        <Poster person={host} size={72} />
        <div className={css['veil']} />
        <span className={css['save']}>
          <IconButton look="glass" label={t('summary.savePicture')} onClick={save}>
            <Download size={20} strokeWidth={1.75} />
          </IconButton>
        </span>
        <div className={css['title']}>
          <h1>{topic}</h1>
          <p>{`${host.name} · ${when}`}</p>
        </div>
      </header>
      <dl className={css['numbers']}>
        {numbers.map(({ name, value, exact }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={String(exact)}>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={css['rest']}>
        {result.viewers === 0 ? (
          <p className={css['nobody']}>{t('summary.nobody')}</p>
        ) : (
          <CurveView summary={summary} />
        )}
        <Details summary={summary} />
      </div>
    </section>
  );
}
