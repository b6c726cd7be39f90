import type { FaultCode, Live } from '@groupcast/protocol';
import { Headphones, VideoOff, Volume2 } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import type { Watching } from '../../media/watching.ts';
import { useSeen } from '../stage/index.ts';
import { Interrupted } from './Interrupted.tsx';
import css from './Middle.module.css';
import { Gone, Over } from './Over.tsx';
import { useWatchState } from './Picture.tsx';
import { useLineDown } from './useLineDown.ts';

export interface MiddleProps {
  readonly shown: Live | undefined;
  readonly closed: FaultCode | undefined;
  readonly watching: Watching | undefined;
  readonly others: readonly Live[];
  readonly onSwitch: (live: Live) => void;
  readonly onLeave: () => void;
}

/** What the room has to say instead of, or about, its picture. */
export function Middle({ shown, closed, watching, others, onSwitch, onLeave }: MiddleProps) {
  const [other] = others;
  if (closed || shown?.state === 'cancelled') {
    return (
      <div className={css['middle']}>
        <Gone onLeave={onLeave} />
      </div>
    );
  }
  if (shown?.state === 'ended') {
    return (
      <div className={css['middle']}>
        <Over live={shown} other={other} onSwitch={onSwitch} onLeave={onLeave} />
      </div>
    );
  }
  return (
    <>
      <OwnLine />
      {shown?.state === 'interrupted' && (
        <div className={css['middle']}>
          <Interrupted live={shown} other={other} onSwitch={onSwitch} />
        </div>
      )}
      {shown?.state === 'live' && <PictureWords watching={watching} live={shown} />}
    </>
  );
}

/** The viewer's own line is down: said within two seconds, whatever the picture still shows. */
export function OwnLine() {
  const { t } = useTranslation();
  const down = useLineDown();
  return (
    <div className={css['line']} role="status">
      {down && <span className={css['down']}>{t('room.ownLine')}</span>}
    </div>
  );
}

function PictureWords({
  watching,
  live: { audioOnly, host },
}: {
  readonly watching: Watching | undefined;
  readonly live: Live;
}) {
  const { t } = useTranslation();
  const state = useWatchState(watching);
  const { picture } = useSeen(watching, host.id);
  const ownDown = useLineDown();
  if (state.soundBlocked) {
    return (
      <div className={css['words']}>
        <button type="button" className={css['sound']} onClick={() => void watching?.startSound()}>
          <Volume2 size={20} strokeWidth={1.75} />
          {t('room.tapForSound')}
        </button>
      </div>
    );
  }
  if (state.line === 'connecting' || state.line === 'mending' || (picture === 'coming' && state.way !== 'sound')) {
    return (
      <div className={css['words']} role="status">
        <span className={css['waiting']}>{t('room.connecting')}</span>
      </div>
    );
  }
  if (state.stalled && !ownDown) {
    return (
      <div className={css['words']} role="status">
        <span className={css['stalled']}>{t('room.stalled', { name: host.name })}</span>
      </div>
    );
  }
  if (state.way === 'sound' && !audioOnly) {
    return (
      <div className={css['words']}>
        <button type="button" className={css['sound']} onClick={() => watching?.setWay('automatic')}>
          <Headphones size={20} strokeWidth={1.75} />
          {t('room.soundOnly')}
        </button>
      </div>
    );
  }
  if (picture === 'held') {
    return (
      <div className={css['words']} role="status">
        <span className={css['stalled']}>{t(state.poor === 'host' ? 'room.heldByHost' : 'room.held')}</span>
      </div>
    );
  }
  if (picture === 'off' && !audioOnly) {
    return (
      <div className={css['words']}>
        <span className={css['quiet']}>
          <VideoOff size={16} strokeWidth={1.75} />
          {t('room.noPicture')}
        </span>
      </div>
    );
  }
  return null;
}
