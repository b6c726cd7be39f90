import { useLocation } from 'wouter';
import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Door } from '../../ui/Door.tsx';

/** A group that is not, or no longer, for this person; the same words for one that never was. */
export function Closed() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <Door title={t('groups.closedTitle')} text={t('groups.closedText')}>
      <Button look="main" wide onClick={() => go('/', { replace: true })}>
        {t('app.toGroups')}
      </Button>
    </Door>
  );
}
