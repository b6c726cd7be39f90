import type { FaultCode, Live, Me } from '@groupcast/protocol';
import { PictureInPicture2, Users } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Confirm.tsx';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useReadablePart } from '../../ui/useReadable.ts';
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
import { useStills } from '../stills/useStills.ts';
import { Tool } from './Dock.tsx';
import css from './HostFrame.module.css';

export interface HostFrameProps {
  readonly me: Me;
  readonly session: RoomSession;
  /** Missing until it is known. */
  readonly live: Live | undefined;
  readonly view: 'open' | 'small';
  readonly onOpen: () => void;
  readonly onMinimise: () => void;
  readonly onEnd: () => Promise<FaultCode | undefined>;
  readonly warnings: ReactNode;
  /** What stands between the picture and the tools. */
  readonly panel: ReactNode;
  readonly tools: ReactNode;
  /** The pictures. */
  readonly children: ReactNode;
}

/** What every host's room has, whatever sends its picture: the red frame, numbers, talk, and the means to stop. */
export function HostFrame(props: HostFrameProps) {
  const { me, session, live, view, onOpen, onMinimise, onEnd, warnings, panel, tools, children } = props;
  const { t } = useTranslation();
  const { canvas } = useHearts(session, me.id);
  const frame = useRef<HTMLDivElement>(null);
  useStills(live, frame);
  return (
    <div className={cx(css['host'], view === 'small' && css['small'])} data-view={view}>
      <div ref={frame} className={css['frame']}>
        {children}
        {view === 'small' && live && <SmallPlayer live={live} onAir onOpen={onOpen} />}
        {view === 'open' && (
          <>
            <div className={css['veil']} />
            <header className={css['top']}>
              <div className={css['signs']}>{live && <OwnNumbers live={live} session={session} />}</div>
              <IconButton look="glass" label={t('room.minimise')} onClick={onMinimise}>
                <PictureInPicture2 size={20} strokeWidth={1.75} />
              </IconButton>
              <EndButton onEnd={onEnd} />
              {warnings}
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
      {view === 'open' && panel}
      {view === 'open' && tools}
    </div>
  );
}

/** Opens the host's queue; says how many wait. */
export function QueueTool({
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

/** Ends the live, asking once. */
export function EndButton({ onEnd }: { readonly onEnd: () => Promise<FaultCode | undefined> }) {
  const { t } = useTranslation();
  const say = useToast();
  const [asked, setAsked] = useState(false);
  const end = async () => {
    const fault = await onEnd();
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
