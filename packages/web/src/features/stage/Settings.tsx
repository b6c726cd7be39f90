import { limits, type StageSettings } from '@groupcast/protocol';
import { useTranslation } from '../../i18n/index.ts';
import { Select } from '../../ui/Select.tsx';
import css from './Settings.module.css';

const modes = ['off', 'voice', 'camera'] as const;
const layouts = ['host', 'grid', 'screen'] as const;
const yesOrNo = ['no', 'yes'] as const;
const sizes = Array.from({ length: limits.stageSeats + 1 }, (_, size) => String(size));
/** Minutes; nought is without limit. */
const minutes = ['0', '1', '2', '3', '5', '10', '15', '30'] as const;

/** Whether there are guests, how many, for how long, and how the pictures stand. */
export function Settings({
  settings: { mode, size, limitMs, layout, screens },
  onChange,
}: {
  readonly settings: StageSettings;
  readonly onChange: (change: Partial<StageSettings>) => void;
}) {
  const { t } = useTranslation();
  const limit = String(Math.round((limitMs ?? 0) / 60_000));
  return (
    <div className={css['settings']}>
      <Select
        label={t('stage.mode')}
        value={mode}
        options={modes}
        nameOf={(option) => t(`stage.mode_${option}`)}
        onValue={(chosen) => onChange({ mode: chosen })}
      />
      {mode !== 'off' && (
        <>
          <Select
            label={t('stage.size')}
            value={String(size)}
            options={sizes}
            nameOf={(option) => option}
            onValue={(chosen) => onChange({ size: Number(chosen) })}
          />
          <Select
            label={t('stage.limit')}
            value={limit}
            options={minutes.some((one) => one === limit) ? minutes : [...minutes, limit]}
            nameOf={(option) => (option === '0' ? t('stage.noLimit') : t('stage.minutes', { count: Number(option) }))}
            onValue={(chosen) => onChange({ limitMs: chosen === '0' ? null : Number(chosen) * 60_000 })}
          />
          <Select
            label={t('stage.layout')}
            value={layout}
            options={layouts}
            nameOf={(option) => t(`stage.layout_${option}`)}
            onValue={(chosen) => onChange({ layout: chosen })}
          />
          <Select
            label={t('stage.screens')}
            value={screens ? 'yes' : 'no'}
            options={yesOrNo}
            nameOf={(option) => t(`stage.screens_${option}`)}
            onValue={(chosen) => onChange({ screens: chosen === 'yes' })}
          />
        </>
      )}
    </div>
  );
}
