import type { Guest, Person, UserId } from '@groupcast/protocol';
import type { ReactNode } from 'react';
import type { Capture } from '../../media/capture.ts';
import type { Readable } from '../../media/cell.ts';
import { useReadable, useReadablePart } from '../../ui/useReadable.ts';
import { type Cast, useSeen } from './cast.ts';
import { layoutOf } from './model.ts';
import { NameBar } from './NameBar.tsx';
import css from './Pictures.module.css';
import { OwnScreen, Screen } from './Screen.tsx';
import type { StageSession } from './session.ts';
import { Tiles } from './Tiles.tsx';

export interface PicturesProps {
  readonly session: StageSession;
  readonly me: Person;
  /** Missing until the live is known. */
  readonly host: Person | undefined;
  readonly cast: Cast | undefined;
  /** What this page sends. */
  readonly capture: Capture | undefined;
  /** In a corner there is room for one picture. */
  readonly small: boolean;
  /** The host's picture. */
  readonly children: ReactNode;
}

/** All pictures of a live, as its host has laid them out. The host's is the same element in every layout. */
export function Pictures({ session, me, host, cast, capture, small, children }: PicturesProps) {
  const layout = useReadablePart(session.state, (state) => (state ? layoutOf(state.stage) : 'alone'));
  const shows = useReadablePart(session.state, (state) => state?.stage.screen ?? null);
  const alone = layout === 'screen' ? 'screenAlone' : 'alone';
  return (
    <div className={css['pictures']} data-layout={small ? alone : layout}>
      <div className={css['host']}>
        {children}
        {host && !small && (layout === 'grid' || layout === 'screen') && (
          <HostName host={host} me={me} cast={cast} capture={capture} />
        )}
      </div>
      {shows !== null && host && (
        <div className={css['shown']}>
          <ShownScreen session={session} shows={shows} me={me} host={host} cast={cast} capture={capture} />
        </div>
      )}
      {!small && <Tiles session={session} me={me} cast={cast} capture={host?.id === me.id ? undefined : capture} />}
    </div>
  );
}

/** The host's picture is one of several: it has a name like the others. */
function HostName({
  host,
  me,
  cast,
  capture,
}: Pick<PicturesProps, 'me' | 'cast' | 'capture'> & { readonly host: Person }) {
  const { voice } = useSeen(cast, host.id);
  const own = useReadablePart(capture?.state ?? nothingSent, (state) => state?.microphone);
  const heard = host.id === me.id ? own?.state === 'on' && !own.muted : voice === 'on';
  return <NameBar person={host} heard={heard} />;
}
const nothingSent: Readable<undefined> = { get: () => undefined, subscribe: () => () => undefined };

function ShownScreen({
  session,
  shows,
  me,
  host,
  cast,
  capture,
}: Pick<PicturesProps, 'session' | 'me' | 'cast' | 'capture'> & {
  readonly shows: UserId;
  readonly host: Person;
}) {
  const state = useReadable(session.state);
  if (shows === me.id && capture) return <OwnScreen capture={capture} />;
  const person = personOf(state?.stage.guests ?? [], host, shows);
  return <Screen key={shows} person={person} cast={cast} />;
}

const personOf = (guests: readonly Guest[], host: Person, user: UserId): Person =>
  guests.find(({ person }) => person.id === user)?.person ?? host;
