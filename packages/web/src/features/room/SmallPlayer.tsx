import type { Live } from '@groupcast/protocol';
import { X } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { StatePill } from './Numbers.tsx';
import css from './SmallPlayer.module.css';

export interface SmallPlayerProps {
  readonly live: Live;
  readonly onAir: boolean;
  readonly onOpen: () => void;
  /** Missing for the host: who is on air ends the live, and does not just close its picture. */
  readonly onLeave?: (() => void) | undefined;
}

/** What stands on the picture while it is small in a corner: the way back and the way out. */
export function SmallPlayer({ live, onAir, onOpen, onLeave }: SmallPlayerProps) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className={css['open']}
        aria-label={t('live.small', { name: live.host.name })}
        onClick={onOpen}
      />
      <span className={css['state']}>
        <StatePill live={live} onAir={onAir} clockOnly={live.state === 'live'} />
      </span>
      <span className={css['words']}>
        <strong>{live.host.name}</strong>
        <span>{live.topic}</span>
      </span>
      {onLeave && (
        <span className={css['leave']}>
          <IconButton label={t('room.leave')} onClick={onLeave}>
            <span className={css['cross']}>
              <X size={16} strokeWidth={2} />
            </span>
          </IconButton>
        </span>
      )}
    </>
  );
}
