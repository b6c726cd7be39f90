import { useTranslation } from '../../i18n/index.ts';
import type { Watching } from '../../media/watching.ts';
import { waysToWatch } from '../../media/wayToWatch.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWatchState } from './Picture.tsx';
import css from './QualitySheet.module.css';
import { useArrival } from './useArrival.ts';

/** How much of a live is received, and how it arrives. */
export function QualitySheet({ watching, onClose }: { readonly watching: Watching; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { way, poor } = useWatchState(watching);
  const arrival = useArrival(watching);
  return (
    <Dialog title={t('room.quality')} look="sheet" onClose={onClose}>
      <fieldset className={css['ways']}>
        <legend className="visually-hidden">{t('room.quality')}</legend>
        {waysToWatch.map((one) => (
          <label key={one}>
            <input type="radio" name="way" checked={one === way} onChange={() => watching.setWay(one)} />
            <span>
              <strong>{t(`room.way.${one}`)}</strong>
              <small>{t(`room.wayText.${one}`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <dl className={css['facts']}>
        <Fact term={t('room.lines')} value={t(poor === null ? 'room.linesGood' : `room.poor.${poor}`)} />
        {arrival && (
          <>
            <Fact term={t('room.delay')} value={t('room.ms', { count: arrival.delayMs })} />
            <Fact
              term={t('room.size')}
              value={t('room.sizeOf', { height: arrival.height, frames: arrival.framesPerSecond })}
            />
            <Fact
              term={t('room.rate')}
              value={t('room.rateOf', { rate: arrival.kilobitsPerSecond, lost: arrival.lostPercent })}
            />
          </>
        )}
      </dl>
      {arrival && <p className={css['note']}>{t('room.delayNote')}</p>}
    </Dialog>
  );
}

function Fact({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
