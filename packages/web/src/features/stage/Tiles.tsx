import type { Guest, Person } from '@groupcast/protocol';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import { cx } from '../../ui/cx.ts';
import { Poster } from '../../ui/Poster.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import { SelfView } from '../preview/index.ts';
import { type Cast, useSeen } from './cast.ts';
import { guestsBeside } from './model.ts';
import { NameBar } from './NameBar.tsx';
import type { StageSession } from './session.ts';
import css from './Tiles.module.css';

export interface TilesProps {
  readonly session: StageSession;
  readonly me: Person;
  readonly cast: Cast | undefined;
  /** What this page sends as a guest; the host's picture stands elsewhere. */
  readonly capture?: Capture | undefined;
}

const nobody: readonly Guest[] = [];

/** The guests' pictures, over the live's own or beside it. */
export function Tiles({ session, me, cast, capture }: TilesProps) {
  const { t } = useTranslation();
  const state = useReadable(session.state);
  const guests = state ? guestsBeside(state.stage, me.id) : nobody;
  if (guests.length === 0) return null;
  return (
    <ul className={css['tiles']} aria-label={t('stage.guests')}>
      {guests.map((guest) => (
        <li key={guest.person.id} className={css['cell']}>
          {guest.person.id === me.id && capture ? (
            <OwnTile guest={guest} capture={capture} me={me} />
          ) : (
            <GuestTile guest={guest} cast={cast} />
          )}
        </li>
      ))}
    </ul>
  );
}

function OwnTile({ guest, capture, me }: { readonly guest: Guest; readonly capture: Capture; readonly me: Person }) {
  const { microphone, camera } = useReadable(capture.state);
  const heard = microphone.state === 'on' && !microphone.muted;
  return (
    <div className={cx(css['tile'], (heard || camera.state === 'on') && css['onAir'])} data-tile={guest.person.id}>
      <SelfView capture={capture} person={me} small />
      <NameBar person={guest.person} heard={heard} />
    </div>
  );
}

function GuestTile({ guest, cast }: { readonly guest: Guest; readonly cast: Cast | undefined }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { id } = guest.person;
  const seen = useSeen(cast, id);
  useEffect(() => (cast && video.current ? cast.attach(id, video.current, 'camera') : undefined), [cast, id]);
  return (
    <div
      className={cx(css['tile'], seen.speaking && css['speaking'])}
      data-tile={id}
      data-picture={seen.picture}
      data-voice={seen.voice}
    >
      <Poster person={guest.person} size={48} />
      <video
        ref={video}
        className={cx(css['video'], seen.picture === 'shown' && css['there'])}
        muted
        playsInline
        autoPlay
        aria-label={t('stage.pictureOf', { name: guest.person.name })}
      />
      <NameBar person={guest.person} heard={seen.voice === 'on'} />
    </div>
  );
}
