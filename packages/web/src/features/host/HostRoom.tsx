import type { Live, Me } from '@groupcast/protocol';
import { MonitorUp, MonitorX, PictureInPicture2, Users } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { keepAwake } from '../../media/wakeLock.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import { DeviceSheet, SelfView } from '../preview/index.ts';
import {
  Composer,
  HeartCanvas,
  Numbers,
  OwnLine,
  type RoomSession,
  SmallPlayer,
  Talk,
  useHearts,
} from '../room/index.ts';
import { Pictures, QueuePanel, useScreen } from '../stage/index.ts';
import { Dock, Tool } from './Dock.tsx';
import css from './HostRoom.module.css';
import { Moved } from './Moved.tsx';
import type { OnAir } from './onAir.ts';
import { Warnings } from './Warnings.tsx';

export interface HostRoomProps {
  readonly me: Me;
  readonly session: RoomSession;
  readonly onAir: OnAir;
  readonly view: 'open' | 'small';
  readonly onOpen: () => void;
  readonly onMinimise: () => void;
  /** The live is over: show its numbers. */
  readonly onOver: () => void;
  /** The live goes on elsewhere: this page lets go of it. */
  readonly onLeave: () => void;
}

/** The host's own room: what is sent, that it is sent, and the means to stop it, always in sight. */
export function HostRoom(props: HostRoomProps) {
  const { me, session, onAir, view, onOpen, onMinimise, onOver, onLeave } = props;
  const { t } = useTranslation();
  // Parts, not the whole: ten frames a second must not draw the room anew each time.
  const live = useReadablePart(session.view, ({ room }) => room?.live);
  const sending = useReadable(onAir.state);
  const publishing = useReadable(onAir.publishing);
  const [choosing, setChoosing] = useState(false);
  const [queueing, setQueueing] = useState(false);
  const { canvas } = useHearts(session, me.id);
  const over = live?.state === 'ended' || sending.state === 'over';

  useEffect(() => {
    if (!over) return;
    onAir.over();
    onOver();
  }, [over, onAir, onOver]);
  useEffect(() => keepAwake(), []);
  useWarnBeforeLeaving(sending.state === 'onAir');

  if (sending.state === 'elsewhere') return <Moved onLeave={onLeave} small={view === 'small'} />;
  return (
    <div className={cx(css['host'], view === 'small' && css['small'])} data-view={view}>
      <div className={css['frame']}>
        <Pictures
          session={session.stage}
          me={me}
          host={live?.host}
          cast={publishing}
          capture={onAir.capture}
          small={view === 'small'}
        >
          <SelfView capture={onAir.capture} person={me} small={view === 'small'} />
        </Pictures>
        {view === 'small' && live && <SmallPlayer live={live} onAir onOpen={onOpen} />}
        {view === 'open' && (
          <>
            <div className={css['veil']} />
            <header className={css['top']}>
              <div className={css['signs']}>{live && <OwnNumbers live={live} session={session} />}</div>
              <IconButton look="glass" label={t('room.minimise')} onClick={onMinimise}>
                <PictureInPicture2 size={20} strokeWidth={1.75} />
              </IconButton>
              <EndButton onAir={onAir} />
              <Warnings onAir={onAir} />
            </header>
            <OwnLine />
            <HeartCanvas canvas={canvas} />
            <div className={css['lower']}>
              <Talk session={session} me={me} moderates />
              <div className={css['composer']}>
                <Composer session={session} />
              </div>
            </div>
          </>
        )}
      </div>
      {view === 'open' && queueing && live && <QueuePanel session={session.stage} group={live.group} me={me} />}
      {view === 'open' && (
        <Dock capture={onAir.capture} audioOnly={live?.audioOnly === true} onDevices={() => setChoosing(true)}>
          {live && <ScreenTool session={session} onAir={onAir} live={live} />}
          <QueueTool session={session} open={queueing} onOpen={setQueueing} />
        </Dock>
      )}
      {choosing && (
        <DeviceSheet capture={onAir.capture} audioOnly={live?.audioOnly === true} onClose={() => setChoosing(false)} />
      )}
    </div>
  );
}

function ScreenTool({
  session,
  onAir,
  live,
}: {
  readonly session: RoomSession;
  readonly onAir: OnAir;
  readonly live: Live;
}) {
  const { t } = useTranslation();
  const screen = useScreen(session.stage, onAir.capture, live.host.id, !live.audioOnly);
  if (!screen.can) return null;
  return (
    <Tool
      label={t('stage.screen')}
      words={t(screen.shown ? 'stage.screenStop' : 'stage.screenShort')}
      on
      toggle={screen.shown}
      onClick={() => void screen.toggle()}
    >
      {screen.shown ? (
        <MonitorX size={22} strokeWidth={1.75} aria-hidden="true" />
      ) : (
        <MonitorUp size={22} strokeWidth={1.75} aria-hidden="true" />
      )}
    </Tool>
  );
}

function QueueTool({
  session,
  open,
  onOpen,
}: {
  readonly session: RoomSession;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}) {
  const { t } = useTranslation();
  const waiting = useReadablePart(session.stage.state, (state) => state?.stage.waiting.length ?? 0);
  return (
    <Tool
      label={t('stage.queue')}
      words={t('stage.queue')}
      on
      toggle={open}
      count={waiting}
      onClick={() => onOpen(!open)}
    >
      <Users size={22} strokeWidth={1.75} aria-hidden="true" />
    </Tool>
  );
}

function OwnNumbers({ live, session }: { readonly live: Live; readonly session: RoomSession }) {
  const counters = useReadablePart(session.view, ({ room }) => room?.counters);
  return counters && <Numbers live={live} onAir {...counters} />;
}

export function EndButton({ onAir }: { readonly onAir: Pick<OnAir, 'end'> }) {
  const { t } = useTranslation();
  const say = useToast();
  const [asked, setAsked] = useState(false);
  const end = async () => {
    const fault = await onAir.end();
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
    setAsked(false);
  };
  return (
    <>
      <Button look="end" onClick={() => setAsked(true)}>
        {t('host.end')}
      </Button>
      {asked && (
        <Confirm
          title={t('host.endTitle')}
          text={t('host.endText')}
          act={t('host.endAct')}
          danger
          onAct={end}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}

function useWarnBeforeLeaving(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [wanted]);
}
