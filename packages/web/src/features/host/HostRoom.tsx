import type { Live, Me } from '@groupcast/protocol';
import { MonitorUp, MonitorX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { keepAwake } from '../../media/wakeLock.ts';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import { DeviceSheet, SelfView } from '../preview/index.ts';
import type { RoomSession } from '../room/index.ts';
import { Pictures, QueuePanel, useScreen } from '../stage/index.ts';
import { Dock, Tool } from './Dock.tsx';
import { HostFrame, QueueTool } from './HostFrame.tsx';
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
  // Parts, not the whole: ten frames a second must not draw the room anew each time.
  const live = useReadablePart(session.view, ({ room }) => room?.live);
  const sending = useReadable(onAir.state);
  const publishing = useReadable(onAir.publishing);
  const [choosing, setChoosing] = useState(false);
  const [queueing, setQueueing] = useState(false);
  const over = live?.state === 'ended' || sending.state === 'over';

  useEffect(() => {
    if (!over) return;
    onAir.over();
    onOver();
  }, [over, onAir, onOver]);
  useEffect(() => keepAwake(), []);
  useWarnBeforeLeaving(sending.state === 'onAir');

  if (sending.state === 'elsewhere') return <Moved onLeave={onLeave} small={view === 'small'} />;
  const tools = live && (
    <Dock capture={onAir.capture} audioOnly={live.audioOnly} onDevices={() => setChoosing(true)}>
      <ScreenTool session={session} onAir={onAir} live={live} />
      <QueueTool session={session} open={queueing} onOpen={setQueueing} />
    </Dock>
  );
  return (
    <HostFrame
      {...{ me, session, view, onOpen, onMinimise, tools }}
      live={live}
      onEnd={() => onAir.end()}
      warnings={<Warnings onAir={onAir} />}
      panel={queueing && live && <QueuePanel session={session.stage} group={live.group} me={me} isHost />}
    >
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
      {choosing && (
        <DeviceSheet capture={onAir.capture} audioOnly={live?.audioOnly === true} onClose={() => setChoosing(false)} />
      )}
    </HostFrame>
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

function useWarnBeforeLeaving(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [wanted]);
}
