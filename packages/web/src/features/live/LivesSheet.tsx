import type { Group } from '@groupcast/protocol';
import { Eye, VolumeX } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { shortNumber } from '../../ui/format.ts';
import { Pill } from '../../ui/Pill.tsx';
import { Poster } from '../../ui/Poster.tsx';
import { Still } from '../stills/index.ts';
import { useGroupLives } from './context.tsx';
import css from './LivesSheet.module.css';
import { type Running, running, viewersOf } from './model.ts';
import { useOpenLive } from './useOpenLive.ts';

/** All lives of a group that run now, one tile each; the first one big. */
export function LivesSheet({ group, onClose }: { readonly group: Group; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const openLive = useOpenLive();
  const state = useGroupLives(group.id);
  const lives = running(state);
  return (
    <Dialog look="sheet" title={t('live.banner', { count: lives.length })} onClose={onClose}>
      <ul className={css['tiles']}>
        {lives.map((live, index) => (
          <li key={live.id} className={cx(css['tile'], (index === 0 || lives.length === 2) && css['big'])}>
            <Tile
              live={live}
              viewers={viewersOf(state, live.id)}
              onOpen={() => {
                onClose();
                openLive(group.id, live.id, live.host.id);
              }}
            />
          </li>
        ))}
      </ul>
      <p className={css['hint']}>
        <VolumeX size={16} strokeWidth={1.75} />
        {t('live.mutedUntilOpen')}
      </p>
    </Dialog>
  );
}

function Tile({
  live,
  viewers,
  onOpen,
}: {
  readonly live: Running;
  readonly viewers: number;
  readonly onOpen: () => void;
}) {
  const { t, language } = useTranslation();
  return (
    <button
      type="button"
      className={css['open']}
      aria-label={t('live.watchThis', { name: live.host.name, topic: live.topic })}
      onClick={onOpen}
    >
      <span className={css['picture']}>
        <Poster person={live.host} size={56} />
        {!live.audioOnly && <Still live={live.id} />}
        <span className={css['sign']}>
          {live.state === 'live' ? (
            <Pill look="live" dot>
              {t('live.live')}
            </Pill>
          ) : (
            <Pill look="warn">{t('live.interrupted')}</Pill>
          )}
        </span>
        <span className={css['viewers']}>
          <Pill look="glass">
            <Eye size={16} strokeWidth={1.75} />
            {shortNumber(viewers, language)}
          </Pill>
        </span>
      </span>
      <span className={css['words']}>
        <Face person={live.host} size={32} />
        <span className={css['lines']}>
          <strong>{live.topic}</strong>
          <span>{live.host.name}</span>
        </span>
      </span>
    </button>
  );
}
