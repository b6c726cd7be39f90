import { type LiveId, limits, stillPath } from '@groupcast/protocol';
import { useEffect, useRef, useState } from 'react';
import css from './Still.module.css';
import { watchStill } from './watchStill.ts';

/** The newest still of a running live, over what stands there until there is one. */
export function Still({ live }: { readonly live: LiveId }) {
  const place = useRef<HTMLSpanElement>(null);
  const [picture, setPicture] = useState<string>();
  useEffect(() => {
    if (!place.current) return;
    const [stop, seen] = [watchStill(stillPath(live), limits.stillMs, setPicture), place.current];
    const observer = new IntersectionObserver(([entry]) => stop.seen(entry?.isIntersecting === true));
    observer.observe(seen);
    return () => {
      observer.disconnect();
      stop.stop();
    };
  }, [live]);
  return (
    <span ref={place} className={css['place']} data-still={picture ? 'there' : 'none'} aria-hidden="true">
      {picture && <img className={css['still']} src={picture} alt="" />}
    </span>
  );
}
