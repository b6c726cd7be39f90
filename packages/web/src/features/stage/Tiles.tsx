import type { Guest, Layout, Person, UserId } from '@groupcast/protocol';
import { Mic, MicOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Capture } from '../../media/capture.ts';
import type { Readable } from '../../media/cell.ts';
import { type Faces, type Seen, unseen } from '../../media/seen.ts';
import { cx } from '../../ui/cx.ts';
import { Poster } from '../../ui/Poster.tsx';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import { SelfView } from '../preview/index.ts';
import { guestsBeside } from './model.ts';
import type { StageSession } from './session.ts';
import css from './Tiles.module.css';

/** Where pictures of others come from: what one watches, or, for the host, the line that one sends on. */
export interface Cast {
  readonly faces: Readable<Faces>;
  attach(person: string, video: HTMLVideoElement): () => void;
}

export interface TilesProps {
  readonly session: StageSession;
  readonly me: Person;
  readonly cast: Cast | undefined;
  /** What this page sends as a guest; the host's picture stands elsewhere. */
  readonly capture?: Capture | undefined;
}

const noFaces: Readable<Faces> = { get: () => empty, subscribe: () => () => undefined };
const empty: Faces = new Map();
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

/** As the host has set it; with nobody beside the host there is one picture whatever was set. */
export function useLayout(session: StageSession): Layout | 'alone' {
  return useReadablePart(session.state, (state) =>
    state === undefined || state.stage.guests.length === 0 ? 'alone' : state.stage.settings.layout,
  );
}

function OwnTile({ guest, capture, me }: { readonly guest: Guest; readonly capture: Capture; readonly me: Person }) {
  const { microphone, camera } = useReadable(capture.state);
  const heard = microphone.state === 'on' && !microphone.muted;
  return (
    <div className={cx(css['tile'], (heard || camera.state === 'on') && css['onAir'])} data-tile={guest.person.id}>
      <SelfView capture={capture} person={me} small />
      <Name person={guest.person} heard={heard} />
    </div>
  );
}

function GuestTile({ guest, cast }: { readonly guest: Guest; readonly cast: Cast | undefined }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const { id } = guest.person;
  const seen = useSeen(cast, id);
  useEffect(() => (cast && video.current ? cast.attach(id, video.current) : undefined), [cast, id]);
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
      <Name person={guest.person} heard={seen.voice === 'on'} />
    </div>
  );
}

/** What reaches this page of one person. */
export const useSeen = (cast: Pick<Cast, 'faces'> | undefined, person: UserId): Seen =>
  useReadablePart(cast?.faces ?? noFaces, (faces) => faces.get(person)) ?? unseen;

function Name({ person, heard }: { readonly person: Person; readonly heard: boolean }) {
  const { t } = useTranslation();
  const Sign = heard ? Mic : MicOff;
  return (
    <span className={css['name']}>
      <span>{person.name}</span>
      <Sign
        size={16}
        strokeWidth={2}
        className={heard ? css['heard'] : undefined}
        role="img"
        aria-label={t(heard ? 'stage.micOn' : 'stage.micOff')}
      />
    </span>
  );
}
