import type { Live } from '@groupcast/protocol';
import { Expand, Gauge, Maximize, Minimize, MoreHorizontal, PanelRight, PictureInPicture2, X } from 'lucide-react';
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
import { useReadablePart } from '../../ui/useReadable.ts';
import { EndAsAdmin } from './EndAsAdmin.tsx';
import { FloatButton } from './FloatButton.tsx';
import { shownTotal } from './likes.ts';
import { Numbers } from './Numbers.tsx';
import { PoorBadge } from './PoorBadge.tsx';
import { QualitySheet } from './QualitySheet.tsx';
import css from './RoomTop.module.css';
import { SoundButton } from './SoundButton.tsx';
import type { RoomSession } from './session.ts';

export interface RoomTopProps {
  readonly shown: Live | undefined;
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
  const { shown, session, filled, onFill, onMinimise, onLeave } = props;
  const { t } = useTranslation();
  const running = shown?.state === 'live' || shown?.state === 'interrupted';
  return (
    <header className={css['top']}>
      <div className={css['row']}>
        {shown && <Face person={shown.host} size={40} />}
        <div className={css['words']}>
          <strong>{shown?.host.name ?? t('live.opening')}</strong>
          <span>{shown?.topic}</span>
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
      {shown && running && <Counted live={shown} session={session} />}
      {shown?.state === 'live' && <PoorBadge watching={props.watching} />}
      {shown && running && <Rail {...props} shown={shown} />}
    </header>
  );
}

/** Apart from the rest of the header, because own taps change it many times a second. */
function Counted({ live, session }: { readonly live: Live; readonly session: RoomSession }) {
  const viewers = useReadablePart(session.view, ({ room }) => room?.counters.viewers);
  const counted = useReadablePart(session.view, ({ room }) => room?.counters.likes);
  const likes = useReadablePart(session.view, (view) => view.likes);
  if (viewers === undefined || counted === undefined) return null;
  return <Numbers live={live} viewers={viewers} likes={shownTotal(likes, counted)} />;
}

function Rail({ shown, watching, frame, others, admin, onSwitch }: RoomTopProps & { readonly shown: Live }) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const whole = useSyncExternalStore(onFullScreenChange, isFullScreen);
  const toggle = () => {
    if (whole) void leaveFullScreen();
    else if (frame.current) void enterFullScreen(frame.current, lies(frame.current));
  };
  return (
    <div className={css['rail']}>
      <SoundButton watching={watching} />
      <FloatButton frame={frame} />
      {watching && (
        <IconButton look="glass" label={t('room.quality')} onClick={() => setChoosing(true)}>
          <Gauge size={20} strokeWidth={1.75} />
        </IconButton>
      )}
      {watching && choosing && <QualitySheet watching={watching} onClose={() => setChoosing(false)} />}
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
      {ending && <EndAsAdmin live={shown} onClose={() => setEnding(false)} />}
    </div>
  );
}

/** Whether its picture is wider than high. */
function lies(frame: HTMLElement): boolean {
  const video = frame.querySelector('video');
  return video !== null && video.videoWidth > video.videoHeight;
}
