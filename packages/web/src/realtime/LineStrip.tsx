import { useEffect, useState } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { useLine } from './context.tsx';
import css from './LineStrip.module.css';

/** A hiccup shorter than this is nobody's business. */
const quietMs = 1_200;

/** One quiet line while the connection is away. */
export function LineStrip() {
  const { t } = useTranslation();
  const line = useLine();
  const away = line === 'down' || line === 'opening';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!away) return setShown(false);
    const timer = setTimeout(() => setShown(true), quietMs);
    return () => clearTimeout(timer);
  }, [away]);
  return shown ? (
    <p className={css['strip']} role="status">
      <span />
      {t('app.reconnecting')}
    </p>
  ) : null;
}
