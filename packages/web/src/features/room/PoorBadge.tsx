import { WifiOff } from 'lucide-react';
import { useTranslation } from '../../i18n/index.ts';
import type { Watching } from '../../media/watching.ts';
import { useWatchState } from './Picture.tsx';
import css from './PoorBadge.module.css';

/** Says whose line makes the picture poor, for as long as it does. */
export function PoorBadge({ watching }: { readonly watching: Watching | undefined }) {
  const { t } = useTranslation();
  const { poor } = useWatchState(watching);
  return (
    <div className={css['place']} role="status">
      {poor && (
        <span className={css['badge']} data-poor={poor}>
          <WifiOff size={16} strokeWidth={2} aria-hidden="true" />
          {t(`room.poor.${poor}`)}
        </span>
      )}
    </div>
  );
}
