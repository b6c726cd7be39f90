import type { Live } from '@groupcast/protocol';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import type { Readable } from '../../media/cell.ts';
import type { Watching } from '../../media/watching.ts';
import { unwatched, type WatchState } from '../../media/watchState.ts';
import { cx } from '../../ui/cx.ts';
import { Poster } from '../../ui/Poster.tsx';
import { useAmbient, useFit } from '../../ui/useFit.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { useSeen } from '../stage/index.ts';
import { Still } from '../stills/index.ts';
import css from './Picture.module.css';

const nothing: Readable<WatchState> = { get: () => unwatched, subscribe: () => () => undefined };
/** The state of a picture that may not have begun yet. */
export const useWatchState = (watching: Watching | undefined): WatchState => useReadable(watching?.state ?? nothing);

/** The host's picture. Until it comes, and where there is none, their face on their colour. */
export function Picture({
  live,
  watching,
  small,
}: {
  readonly live: Live;
  readonly watching: Watching | undefined;
  readonly small: boolean;
}) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const ambient = useRef<HTMLCanvasElement>(null);
  const seen = useSeen(watching, live.host.id);
  const fit = useFit(video);
  const [everShown, setEverShown] = useState(false);
  // What does not come any more leaves its last frame, until there is a still.
  const last = seen.picture === 'held' && live.state === 'live';
  const shown = (seen.picture === 'shown' || last) && live.state === 'live';
  // A camera that was switched off shows the face, not the last picture; a line that broke keeps it.
  const still = shown || seen.picture === 'coming' || live.state !== 'live';
  useEffect(() => {
    if (watching && video.current) return watching.attachHost(live.host.id, video.current);
    return undefined;
  }, [watching, live.host.id]);
  useEffect(() => {
    if (shown) setEverShown(true);
  }, [shown]);
  useAmbient(video, ambient, shown);
  return (
    <div className={css['picture']} data-picture={seen.picture}>
      <Poster person={live.host} size={small ? 48 : 112} speaking={seen.speaking} />
      <canvas ref={ambient} width={32} height={18} className={cx(css['ambient'], everShown && still && css['there'])} />
      <video
        ref={video}
        className={cx(css['video'], css[small ? 'cover' : fit], shown && css['there'])}
        muted
        playsInline
        autoPlay
        aria-label={t('live.card', { name: live.host.name, topic: live.topic })}
      />
      {last && <Still live={live.id} />}
    </div>
  );
}
