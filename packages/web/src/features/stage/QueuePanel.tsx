import type { FaultCode, GroupId, Guest, Me, StageQueue } from '@groupcast/protocol';
import { Mic, MicOff, Video } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { useNow } from '../../realtime/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { Face } from '../../ui/Face.tsx';
import { clock } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { Helpers } from './Helpers.tsx';
import { MemberSheet } from './MemberSheet.tsx';
import type { StageState } from './model.ts';
import css from './QueuePanel.module.css';
import { Settings } from './Settings.tsx';
import type { StageSession } from './session.ts';

export interface QueuePanelProps {
  readonly session: StageSession;
  readonly group: GroupId;
  readonly me: Me;
  /** Sets the stage and names helpers; a helper only decides about guests. */
  readonly isHost: boolean;
}

/** Who asks and who is on stage; and, for the host, who helps and how the stage is set. */
export function QueuePanel({ session, group, me, isHost }: QueuePanelProps) {
  const { t } = useTranslation();
  const state = useReadable(session.state);
  return (
    <section className={css['panel']} data-theme="dark" aria-label={t('stage.queue')}>
      {state && <Whole session={session} group={group} me={me} isHost={isHost} state={state} />}
    </section>
  );
}

const noQueue: StageQueue = { asking: [], invited: [] };

function Whole({
  session,
  group,
  me,
  isHost,
  state: { stage, part },
}: QueuePanelProps & { readonly state: StageState }) {
  const { t } = useTranslation();
  const say = useToast();
  const now = useNow(1_000);
  const [inviting, setInviting] = useState(false);
  const { settings, guests } = stage;
  const queue = part.queue ?? noQueue;
  const run = async (what: Promise<FaultCode | undefined>) => {
    const fault = await what;
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
  };
  return (
    <>
      {settings.mode !== 'off' && (
        <>
          <header className={css['head']}>
            <h2>
              {t('stage.asking')} <span className={css['many']}>{queue.asking.length}</span>
            </h2>
            <Button size="small" onClick={() => setInviting(true)}>
              {t('stage.invite')}
            </Button>
          </header>
          {queue.asking.length + queue.invited.length === 0 && <p className={css['empty']}>{t('stage.nobodyAsks')}</p>}
          <ul className={css['rows']}>
            {queue.asking.map(({ person, media, since, line, turns }) => (
              <Row
                key={person.id}
                person={person}
                media={media}
                words={[
                  t('stage.waiting', { time: clock(now - since) }),
                  ...(turns > 0 ? [t('stage.turns', { count: turns })] : []),
                ].join(' · ')}
                line={line}
              >
                <Button size="small" onClick={() => void run(session.decline(person.id))}>
                  {t('stage.decline')}
                </Button>
                <Button size="small" look="main" onClick={() => void run(session.admit(person.id))}>
                  {t('stage.accept')}
                </Button>
              </Row>
            ))}
            {queue.invited.map(({ person, media, until }) => (
              <Row
                key={person.id}
                person={person}
                media={media}
                words={t('stage.invitedFor', { time: clock(until - now) })}
                line={null}
              >
                <Button size="small" onClick={() => void run(session.decline(person.id))}>
                  {t('stage.takeBack')}
                </Button>
              </Row>
            ))}
          </ul>
          <header className={css['head']}>
            <h3>{t('stage.onStage')}</h3>
            <span>{t('stage.seats', { count: guests.length, size: settings.size })}</span>
          </header>
          <ul className={css['rows']}>
            {guests.map((guest) => (
              <OnStageRow key={guest.person.id} guest={guest} now={now} session={session} run={run} />
            ))}
          </ul>
        </>
      )}
      {isHost && settings.mode !== 'off' && (
        <Helpers helpers={stage.helpers} group={group} me={me} onHelper={(user, on) => run(session.helper(user, on))} />
      )}
      {isHost && <Settings settings={settings} onChange={(change) => void run(session.set(change))} />}
      {inviting && (
        <MemberSheet
          title={t('stage.inviteTitle')}
          act={t('stage.invite')}
          group={group}
          without={[me.id, ...guests.map(({ person }) => person.id)]}
          onChoose={(user) => run(session.invite(user, settings.mode === 'voice' ? 'voice' : 'camera'))}
          onClose={() => setInviting(false)}
        />
      )}
    </>
  );
}

function OnStageRow({
  guest,
  now,
  session,
  run,
}: {
  readonly guest: Guest;
  readonly now: number;
  readonly session: StageSession;
  readonly run: (what: Promise<FaultCode | undefined>) => Promise<void>;
}) {
  const { t } = useTranslation();
  const { person, media, since, until, muted } = guest;
  const words =
    until === null ? t('stage.since', { time: clock(now - since) }) : t('stage.left', { time: clock(until - now) });
  return (
    <Row person={person} media={media} words={words} line={null}>
      <IconButton
        look="filled"
        label={t(muted ? 'stage.unmuteGuest' : 'stage.muteGuest', { name: person.name })}
        aria-pressed={muted}
        onClick={() => void run(session.mute(person.id, !muted))}
      >
        {muted ? <MicOff size={20} strokeWidth={1.75} /> : <Mic size={20} strokeWidth={1.75} />}
      </IconButton>
      <Button size="small" onClick={() => void run(session.remove(person.id))}>
        {t('stage.remove')}
      </Button>
    </Row>
  );
}

function Row({
  person,
  media,
  words,
  line,
  children,
}: Pick<Guest, 'person' | 'media'> & {
  readonly words: string;
  readonly line: string | null;
  readonly children: ReactNode;
}) {
  const Sign = media === 'camera' ? Video : Mic;
  return (
    <li className={css['row']}>
      <Face person={person} size={40} />
      <div className={css['who']}>
        <strong>{person.name}</strong>
        {line !== null && <q>{line}</q>}
        <span>
          <Sign size={14} strokeWidth={2} aria-hidden="true" /> {words}
        </span>
      </div>
      <div className={css['acts']}>{children}</div>
    </li>
  );
}
