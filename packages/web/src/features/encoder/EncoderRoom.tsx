import type { Live, Me } from '@groupcast/protocol';
import { MonitorSmartphone, RadioTower, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Watching } from '../../media/watching.ts';
import { useWire } from '../../realtime/context.tsx';
import { useNow } from '../../realtime/useNow.ts';
import { clock } from '../../ui/format.ts';
import { endLive, HostFrame, QueueTool, Tool } from '../host/index.ts';
import { graceOf, Picture, type RoomSession } from '../room/index.ts';
import { Pictures, QueuePanel } from '../stage/index.ts';
import css from './EncoderRoom.module.css';
import { EncoderSheet } from './EncoderSheet.tsx';

export interface EncoderRoomProps {
  readonly me: Me;
  readonly live: Extract<Live, { state: 'live' | 'interrupted' }>;
  readonly session: RoomSession;
  /** Missing until the media code has loaded. */
  readonly watching: Watching | undefined;
  readonly view: 'open' | 'small';
  readonly onOpen: () => void;
  readonly onMinimise: () => void;
  /** Goes on with this page's camera instead. */
  readonly onHere: () => void;
}

const icon = { size: 22, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** The host's room of a live that an encoder sends: what members see, and everything but camera and microphone. */
export function EncoderRoom({ me, live, session, watching, view, onOpen, onMinimise, onHere }: EncoderRoomProps) {
  const { t } = useTranslation();
  const wire = useWire();
  const [queueing, setQueueing] = useState(false);
  const [sheet, setSheet] = useState(false);
  // The own voice comes back late from the encoder; guests are heard.
  useEffect(() => watching?.hush(me.id), [watching, me.id]);
  return (
    <HostFrame
      {...{ me, session, live, view, onOpen, onMinimise }}
      onEnd={() => endLive(wire, live.id)}
      warnings={<Missing live={live} />}
      panel={queueing && <QueuePanel session={session.stage} group={live.group} me={me} isHost />}
      tools={
        <div className={css['dock']}>
          <Tool label={t('encoder.title')} words={t('encoder.short')} on onClick={() => setSheet(true)}>
            <RadioTower {...icon} />
          </Tool>
          <Tool label={t('encoder.here')} words={t('encoder.hereShort')} on onClick={onHere}>
            <MonitorSmartphone {...icon} />
          </Tool>
          <QueueTool session={session} open={queueing} onOpen={setQueueing} />
        </div>
      }
    >
      <Pictures
        session={session.stage}
        me={me}
        host={live.host}
        cast={watching}
        capture={undefined}
        small={view === 'small'}
      >
        <Picture live={live} watching={watching} small={view === 'small'} />
      </Pictures>
      {sheet && <EncoderSheet onClose={() => setSheet(false)} />}
    </HostFrame>
  );
}

/** The encoder is gone: what to do, and for how long members wait. */
function Missing({ live }: { readonly live: EncoderRoomProps['live'] }) {
  const { t } = useTranslation();
  return (
    <div className={css['missing']} role="status">
      {live.state === 'interrupted' && (
        <p>
          <TriangleAlert size={16} strokeWidth={2} aria-hidden="true" />
          {t('encoder.missing')} <Left live={live} />
        </p>
      )}
    </div>
  );
}

function Left({ live }: { readonly live: Extract<Live, { state: 'interrupted' }> }) {
  const { leftMs } = graceOf(live, useNow(500));
  return <span>{clock(leftMs + 999)}</span>;
}
