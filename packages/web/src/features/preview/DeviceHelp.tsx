import { type Translate, useTranslation } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import css from './DeviceHelp.module.css';
import type { Help } from './help.ts';

/** Which browser's way to the permission is told first. */
function waysFor(t: Translate): readonly string[] {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/.test(agent)) return [t('preview.help.ios')];
  if (/Firefox/.test(agent)) return [t('preview.help.firefox')];
  if (/Chrome|Chromium|Edg/.test(agent)) return [t('preview.help.chrome')];
  return [t('preview.help.safari'), t('preview.help.chrome'), t('preview.help.firefox')];
}

/** Says why there is no picture or sound, and what to do about it in this browser. */
export function DeviceHelp({ help, onRetry }: { readonly help: Help; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={css['help']} role="alert">
      <h2>{t(`preview.help.${help.title}`)}</h2>
      <p>{t(`preview.help.${help.text}`)}</p>
      {help.perBrowser && waysFor(t).map((way) => <p key={way}>{way}</p>)}
      {help.title !== 'insecure' && <Button onClick={onRetry}>{t('preview.tryAgain')}</Button>}
    </section>
  );
}
