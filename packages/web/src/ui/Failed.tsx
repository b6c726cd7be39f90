import { useTranslation } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import css from './Failed.module.css';

/** Something could not be read: why, and another try. */
export function Failed({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={css['failed']} role="alert">
      <p>{text}</p>
      <Button size="small" onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </div>
  );
}
