import type { Me, Person } from '@groupcast/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useToast } from '../../ui/Toast.tsx';
import { useLifetime } from '../../ui/useLifetime.ts';
import { Comments } from './Comments.tsx';
import { MuteDialog } from './MuteDialog.tsx';
import type { Outbox } from './outbox.ts';
import type { RoomSession } from './session.ts';
import { pageSight } from './sight.ts';
import { TalkFeed } from './talkFeed.ts';

/** The room's comments with what one may do to them. */
export function Talk({
  session,
  me,
  moderates,
  mutes = moderates,
}: {
  readonly session: RoomSession;
  readonly me: Me;
  readonly moderates: boolean;
  /** Helpers do, too. */
  readonly mutes?: boolean;
}) {
  const { t } = useTranslation();
  const say = useToast();
  const feed = useLifetime(useCallback(() => new TalkFeed(session.view, pageSight), [session]));
  const [muting, setMuting] = useState<Person>();
  const [asked, setAsked] = useState<{ seq: number; text: string }>();
  const retry = useCallback((id: Outbox[number]['clientId']) => session.retry(id), [session]);
  const discard = useCallback((id: Outbox[number]['clientId']) => session.discard(id), [session]);
  const ask = useCallback((seq: number, text: string) => setAsked({ seq, text }), []);
  if (!feed) return null;
  const remove = async (seq: number) => {
    const fault = await session.remove(seq);
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
    setAsked(undefined);
  };
  const mute = async (person: Person, ms: number) => {
    const fault = await session.mute(person.id, ms);
    if (fault) say({ text: t(`fault.${fault}`), look: 'problem' });
    else say({ text: t(ms === 0 ? 'room.unmutedPerson' : 'room.mutedPerson', { name: person.name }) });
    setMuting(undefined);
  };
  return (
    <>
      <Comments
        feed={feed}
        me={me}
        moderates={moderates}
        onRetry={retry}
        onDiscard={discard}
        onRemove={ask}
        onMute={mutes ? setMuting : undefined}
      />
      {muting && <MuteDialog person={muting} onMute={(ms) => mute(muting, ms)} onClose={() => setMuting(undefined)} />}
      {asked && (
        <Confirm
          title={t('room.deleteAsk')}
          text={t('room.deleteText', { text: asked.text })}
          act={t('room.deleteAct')}
          danger
          onAct={() => remove(asked.seq)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
