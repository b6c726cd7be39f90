import { Volume2, VolumeX } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Watching } from '../../media/watching.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useWatchState } from './Picture.tsx';
import css from './SoundButton.module.css';

/** This page's own volume: opens a slider; the sign shows whether one hears anything. */
export function SoundButton({ watching }: { readonly watching: Watching | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { muted, volume } = useWatchState(watching);
  const heard = muted ? 0 : volume;
  const Sign = heard === 0 ? VolumeX : Volume2;
  return (
    <div className={css['sound']}>
      <IconButton look="glass" label={t('room.sound')} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Sign size={20} strokeWidth={1.75} />
      </IconButton>
      {open && (
        <div className={css['box']}>
          <button
            type="button"
            className={css['mute']}
            aria-pressed={heard === 0}
            onClick={() => watching?.setMuted(heard > 0)}
          >
            {t(heard > 0 ? 'room.mute' : 'room.unmute')}
          </button>
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={heard}
            aria-label={t('room.volume')}
            onChange={(event) => watching?.setVolume(event.target.valueAsNumber)}
          />
        </div>
      )}
    </div>
  );
}
