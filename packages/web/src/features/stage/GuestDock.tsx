import type { Guest, Me, Person } from '@groupcast/protocol';
import { LogOut, Mic, MicOff, MonitorUp, MonitorX, Video, VideoOff } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { useNow } from '../../realtime/useNow.ts';
import { clock } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Pill } from '../../ui/Pill.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import css from './GuestDock.module.css';
import type { StageSession } from './session.ts';
import { useScreen } from './useScreen.ts';

export interface GuestDockProps {
  readonly session: StageSession;
  readonly me: Me;
  readonly guest: Guest;
  readonly host: Person;
  readonly capture: Capture;
}

const icon = { size: 22, strokeWidth: 1.75 } as const;

/** A guest's own means: what is sent, how long it may be, and the way down. */
export function GuestDock({ session, me, guest, host, capture }: GuestDockProps) {
  const { t } = useTranslation();
  const say = useToast();
  const { microphone, camera } = useReadable(capture.state);
  const heard = microphone.state === 'on' && !microphone.muted;
  const seen = camera.state === 'on';
  const screens = useReadablePart(session.state, (state) => state?.stage.settings.screens === true);
  const screen = useScreen(session, capture, me.id, screens);
  const stepDown = async () => {
    const fault = await session.stepDown();
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
  };
  return (
    <section className={css['dock']} aria-label={t('stage.onStage')}>
      <Pill look="live">
        {t('host.onAir')} <Spent guest={guest} />
      </Pill>
      <IconButton
        look={heard ? 'glass' : 'filled'}
        label={t('host.mic')}
        aria-pressed={heard}
        disabled={guest.muted}
        onClick={() => void capture.setMicrophone(!heard)}
      >
        {heard ? <Mic {...icon} /> : <MicOff {...icon} />}
      </IconButton>
      {guest.media === 'camera' && (
        <IconButton
          look={seen ? 'glass' : 'filled'}
          label={t('host.camera')}
          aria-pressed={seen}
          onClick={() => void capture.setCamera(!seen)}
        >
          {seen ? <Video {...icon} /> : <VideoOff {...icon} />}
        </IconButton>
      )}
      {screen.can && (
        <IconButton
          look={screen.shown ? 'filled' : 'glass'}
          label={t('stage.screen')}
          aria-pressed={screen.shown}
          onClick={() => void screen.toggle()}
        >
          {screen.shown ? <MonitorX {...icon} /> : <MonitorUp {...icon} />}
        </IconButton>
      )}
      <IconButton look="glass" label={t('stage.stepDown')} onClick={() => void stepDown()}>
        <LogOut {...icon} />
      </IconButton>
      <p className={css['words']} role="status">
        {guest.muted ? t('stage.mutedBy', { name: host.name }) : microphone.state === 'failed' ? t('host.micLost') : ''}
      </p>
    </section>
  );
}

/** The time that is left, or, without a limit, the time on stage. */
function Spent({ guest }: { readonly guest: Guest }) {
  const { t } = useTranslation();
  const now = useNow(1_000);
  if (guest.until === null) return <span>{clock(now - guest.since)}</span>;
  return <span>{t('stage.left', { time: clock(guest.until - now) })}</span>;
}
