import type { Live, UserId } from '@groupcast/protocol';
import { useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { useReadable } from '../../ui/useReadable.ts';
import type { LiveDesk, Stage } from './desk.ts';
import { isRunning, ownRunning } from './model.ts';
import css from './OwnLiveBar.module.css';
import { livePath } from './paths.ts';

/** An own live runs, but nothing of it is on this page: the way back, wherever one is. */
export function OwnLiveBar({ desk, me }: { readonly desk: LiveDesk; readonly me: UserId }) {
  const { t } = useTranslation();
  const [path, go] = useLocation();
  const stage = useReadable(desk.stage);
  const groups = useReadable(desk.groups);
  const told = useReadable(desk.own);
  const listed = ownRunning(new Map([...groups].map(([id, { lives }]) => [id, lives])), me);
  const own = newest(told, listed);
  if (!own || !isRunning(own) || isShown(own, stage, path)) return null;
  const name = groups.get(own.group)?.group.name;
  return (
    <div className={css['bar']} role="status">
      <span className={css['dot']} />
      <span className={css['words']}>{name ? t('live.ownBanner', { group: name }) : t('live.ownAnywhere')}</span>
      <button type="button" onClick={() => go(livePath(own.group, own.id))}>
        {t('live.continueHere')}
      </button>
    </div>
  );
}

const newest = (told: Live | undefined, listed: Live | undefined): Live | undefined => {
  if (!told || !listed || told.id !== listed.id) return listed ?? told;
  return told.epoch >= listed.epoch ? told : listed;
};

const isShown = (own: Live, stage: Stage, path: string): boolean =>
  ((stage.state === 'onAir' || stage.state === 'room') && stage.live === own.id) ||
  path.startsWith(livePath(own.group, own.id));
