import type { Live, Me, Person } from '@groupcast/protocol';
import { useCallback, useEffect, useRef } from 'react';
import { land } from '../../media/floating.ts';
import { isFullScreen, leaveFullScreen } from '../../media/fullScreen.ts';
import { keepAwake } from '../../media/wakeLock.ts';
import type { Watching } from '../../media/watching.ts';
import { cx } from '../../ui/cx.ts';
import { useReadablePart } from '../../ui/useReadable.ts';
import { useSwipe } from '../../ui/useSwipe.ts';
import { AskButton, GuestDock, HelperButton, Pictures, useOffer, useSending } from '../stage/index.ts';
import { Composer } from './Composer.tsx';
import { HeartCanvas, LikeButton, useHearts } from './Hearts.tsx';
import { Middle } from './Middle.tsx';
import { Picture } from './Picture.tsx';
import css from './RoomScreen.module.css';
import { RoomTop } from './RoomTop.tsx';
import { SmallPlayer } from './SmallPlayer.tsx';
import type { RoomSession } from './session.ts';
import { Talk } from './Talk.tsx';
import { useCalm } from './useCalm.ts';
import { useDeviceControls } from './useDeviceControls.ts';

export interface RoomScreenProps {
  readonly me: Me;
  readonly session: RoomSession;
  /** Missing until the media code has loaded. */
  readonly watching: Watching | undefined;
  readonly view: 'open' | 'small';
  /** Other lives of the group that run now. */
  readonly groupName: string;
  readonly others: readonly Live[];
  /** Where a swipe leads. */
  readonly around: { readonly next?: Live; readonly previous?: Live };
  /** An admin or owner of the group: may delete comments and end the live. */
  readonly admin: boolean;
  /** Fills the window on a wide screen instead of standing beside the chat. */
  readonly filled: boolean;
  readonly onFill: (filled: boolean) => void;
  readonly onOpen: () => void;
  readonly onMinimise: () => void;
  readonly onLeave: () => void;
  readonly onSwitch: (live: Live) => void;
}

/** A live as a viewer sees it: open, or small in a corner. The picture stays the same element in both. */
export function RoomScreen(props: RoomScreenProps) {
  const { me, session, watching, view, onOpen, onLeave } = props;
  // Parts, not the whole: ten frames a second must not draw the room anew each time.
  const shown = useReadablePart(session.view, ({ room }) => room?.live);
  const closed = useReadablePart(session.view, (view) => view.closed);
  const frame = useRef<HTMLDivElement>(null);
  const { canvas, like } = useHearts(session, me.id);
  const offer = useOffer(session.stage, me);
  const guest = offer.type === 'onStage' ? offer.guest : undefined;
  const capture = useSending(guest, watching);
  const helps = useReadablePart(session.stage.state, (state) => isHelper(state?.stage.helpers, me));
  const running = shown?.state === 'live';
  const on = running || shown?.state === 'interrupted';
  const swipe = useSwipe((way) => {
    const other = props.around[way];
    if (other) props.onSwitch(other);
  });
  const calm = useCalm(frame, running && view === 'open');
  useEffect(() => (running ? keepAwake() : undefined), [running]);
  // A floating picture stays while the room is small, and goes with the live.
  useEffect(() => {
    const room = frame.current;
    return on && room ? () => void land(room) : undefined;
  }, [on]);
  const stop = useRef(onLeave);
  stop.current = onLeave;
  useDeviceControls(
    shown,
    props.groupName,
    watching,
    useCallback(() => stop.current(), []),
  );
  useEffect(() => {
    if (view === 'small' && isFullScreen()) void leaveFullScreen();
  }, [view]);
  return (
    <div ref={frame} className={cx(css['room'], calm && css['calm'])} data-view={view}>
      <Pictures
        session={session.stage}
        me={me}
        host={shown?.host}
        cast={watching}
        capture={capture}
        small={view === 'small' || !on}
      >
        {shown && <Picture live={shown} watching={watching} small={view === 'small'} />}
      </Pictures>
      {shown && view === 'small' && (
        <SmallPlayer live={shown} onAir={guest !== undefined} onOpen={onOpen} onLeave={onLeave} />
      )}
      {view === 'open' && (
        <>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a second way to like; the button is the first */}
          <div className={css['touch']} onDoubleClick={shown?.state === 'live' ? like : undefined} {...swipe} />
          <div className={css['veil']} />
          <RoomTop {...props} shown={shown} frame={frame} />
          <Middle {...props} shown={shown} closed={closed} />
          <HeartCanvas canvas={canvas} />
          {shown && on && (
            <div className={css['lower']}>
              <Talk session={session} me={me} moderates={props.admin} mutes={props.admin || helps} />
              {guest && capture && (
                <GuestDock session={session.stage} me={me} guest={guest} host={shown.host} capture={capture} />
              )}
              <div className={css['dock']}>
                <Composer session={session} />
                <HelperButton session={session.stage} group={shown.group} me={me} />
                <AskButton session={session.stage} me={me} host={shown.host} offer={offer} />
                <LikeButton onLike={like} />
              </div>
            </div>
          )}
        </>
      )}
    </div>
  );
}

const isHelper = (helpers: readonly Person[] | undefined, me: Person): boolean =>
  helpers?.some(({ id }) => id === me.id) ?? false;
