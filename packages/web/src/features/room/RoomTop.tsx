import type { Live } from '@groupcast/protocol';
import { Expand, Maximize, Minimize, MoreHorizontal, PanelRight, PictureInPicture2, X } from 'lucide-react';
import { type RefObject, useState, useSyncExternalStore } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import {
  canFullScreen,
  enterFullScreen,
  isFullScreen,
  leaveFullScreen,
  onFullScreenChange,
} from '../../media/fullScreen.ts';
import type { Watching } from '../../media/watching.ts';
import { Face } from '../../ui/Face.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { EndAsAdmin } from './EndAsAdmin.tsx';
import { shownTotal } from './likes.ts';
import type { Room } from './model.ts';
import { Numbers } from './Numbers.tsx';
import css from './RoomTop.module.css';
import { SoundButton } from './SoundButton.tsx';
import type { RoomSession } from './session.ts';

export interface RoomTopProps {
  readonly room: Room | undefined;
  readonly session: RoomSession;
  readonly watching: Watching | undefined;
  readonly frame: RefObject<HTMLElement | null>;
  readonly others: readonly Live[];
  readonly admin: boolean;
  readonly filled: boolean;
  readonly onFill: (filled: boolean) => void;
  readonly onMinimise: () => void;
  readonly onLeave: () => void;
  readonly onSwitch: (live: Live) => void;
}

/** Host, topic and numbers at the top left; the ways out at the top right; sound, size and other lives below them. */
export function RoomTop(props: RoomTopProps) {
  const { room, session, filled, onFill, onMinimise, onLeave } = props;
  const { t } = useTranslation();
  const { likes } = useReadable(session.view);
  const running = room?.live.state === 'live' || room?.live.state === 'interrupted';
  return (
    <header className={css['top']}>
      <div className={css['row']}>
        {room && <Face person={room.live.host} size={40} />}
        <div className={css['words']}>
          <strong>{room?.live.host.name ?? t('live.opening')}</strong>
          <span>{room?.live.topic}</span>
        </div>
        <span className={css['wide']}>
          <IconButton look="glass" label={t(filled ? 'room.unfill' : 'room.fill')} onClick={() => onFill(!filled)}>
            {filled ? <PanelRight size={20} strokeWidth={1.75} /> : <Expand size={20} strokeWidth={1.75} />}
          </IconButton>
        </span>
        <IconButton look="glass" label={t('room.minimise')} onClick={onMinimise}>
          <PictureInPicture2 size={20} strokeWidth={1.75} />
        </IconButton>
        <IconButton look="glass" label={t('room.leave')} onClick={onLeave}>
          <X size={20} strokeWidth={1.75} />
        </IconButton>
      </div>
      {room && running && (
        <Numbers live={room.live} viewers={room.counters.viewers} likes={shownTotal(likes, room.counters.likes)} />
      )}
      {room && running && <Rail {...props} room={room} />}
    </header>
  );
}

function Rail({ room, watching, frame, others, admin, onSwitch }: RoomTopProps & { readonly room: Room }) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const whole = useSyncExternalStore(onFullScreenChange, isFullScreen);
  const toggle = () => {
    if (whole) void leaveFullScreen();
    else if (frame.current) void enterFullScreen(frame.current, lies(frame.current));
  };
  return (
    <div className={css['rail']}>
      <SoundButton watching={watching} />
      {canFullScreen() && (
        <IconButton look="glass" label={t(whole ? 'room.leaveFullScreen' : 'room.fullScreen')} onClick={toggle}>
          {whole ? <Minimize size={20} strokeWidth={1.75} /> : <Maximize size={20} strokeWidth={1.75} />}
        </IconButton>
      )}
      {others.map((live) => (
        <button
          key={live.id}
          type="button"
          className={css['other']}
          title={live.topic}
          aria-label={t('live.watchThis', { name: live.host.name, topic: live.topic })}
          onClick={() => onSwitch(live)}
        >
          <Face person={live.host} size={36} />
        </button>
      ))}
      {admin && (
        <IconButton look="glass" label={t('room.endAsAdmin')} onClick={() => setEnding(true)}>
          <MoreHorizontal size={20} strokeWidth={1.75} />
        </IconButton>
      )}
      {ending && <EndAsAdmin live={room.live} onClose={() => setEnding(false)} />}
    </div>
  );
}

/** Whether its picture is wider than high. */
function lies(frame: HTMLElement): boolean {
  const video = frame.querySelector('video');
  return video !== null && video.videoWidth > video.videoHeight;
}
