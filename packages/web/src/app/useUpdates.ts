import { useEffect } from 'react';
import { useTranslation } from '../i18n/index.ts';
import { useWire } from '../realtime/context.tsx';
import { useToast } from '../ui/Toast.tsx';
import { isOutdated } from './versions.ts';

/** After each reconnect the server may be a newer one: then the page offers to load again, and does so by itself while nobody looks. */
export function useUpdates(): void {
  const wire = useWire();
  const say = useToast();
  const { t } = useTranslation();
  useEffect(() => {
    let connected = false;
    const offer = () => {
      if (document.visibilityState === 'hidden' && !document.querySelector('video, audio')) location.reload();
      else say({ text: t('app.newVersion'), act: { label: t('app.reload'), run: () => location.reload() } });
    };
    const look = async () => {
      if (wire.line() === 'outdated') return offer();
      if (wire.line() !== 'open') return;
      const first = !connected;
      connected = true;
      if (!first && (await isOutdated())) offer();
    };
    return wire.subscribe(() => void look());
  }, [wire, say, t]);
}
