import { useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import css from './ReturnPanel.module.css';

/** Another page of the same host has taken over. */
export function Moved({ onLeave, small }: { readonly onLeave: () => void; readonly small: boolean }) {
  const { t } = useTranslation();
  return (
    <section className={css['moved']}>
      <h2>{t('host.movedTitle')}</h2>
      {!small && <p>{t('host.movedText')}</p>}
      <Button look="main" size={small ? 'small' : 'normal'} onClick={onLeave}>
        {t('app.close')}
      </Button>
    </section>
  );
}
