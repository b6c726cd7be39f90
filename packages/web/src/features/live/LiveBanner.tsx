import type { Group } from '@groupcast/protocol';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { Face } from '../../ui/Face.tsx';
import { useGroupLives, useLives } from './context.tsx';
import css from './LiveBanner.module.css';
import { running } from './model.ts';
import { useOpenLive } from './useOpenLive.ts';
import { useWarm } from './warm.ts';

const LivesSheet = lazy(async () => ({ default: (await import('./LivesSheet.tsx')).LivesSheet }));

const facesShown = 3;

/** The line on top of the chat while somebody is live. One live: opens it; more: the list of all. */
export function LiveBanner({ group }: { readonly group: Group }) {
  const { t } = useTranslation();
  const openLive = useOpenLive();
  const [listed, setListed] = useState(false);
  const lives = running(useGroupLives(group.id));
  const { me } = useLives();
  useWarm(lives.filter(({ host }) => host.id !== me.id).map(({ id }) => id));
  const [first] = lives;
  const none = first === undefined;
  useEffect(() => {
    if (none) setListed(false);
  }, [none]);
  if (!first) return null;
  const open = () => (lives.length === 1 ? openLive(group.id, first.id, first.host.id) : setListed(true));
  const words = t('live.banner', { count: lives.length });
  return (
    <>
      <button type="button" className={css['banner']} onClick={open}>
        <span className={css['dot']} />
        <span className={css['words']}>{words}</span>
        <span className={css['faces']}>
          {lives.slice(0, facesShown).map(({ id, host }) => (
            <Face key={id} person={host} size={24} />
          ))}
        </span>
        <ChevronRight size={20} strokeWidth={1.75} className={css['chevron']} />
      </button>
      {listed && (
        <Suspense>
          <LivesSheet group={group} onClose={() => setListed(false)} />
        </Suspense>
      )}
    </>
  );
}
