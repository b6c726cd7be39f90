import type { Translate } from '../../i18n/index.ts';

/** 32 min, 1 h 5 min, 40 s: as a card says it. */
export function spellDuration(ms: number, t: Translate): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return t('live.seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('live.minutes', { count: minutes });
  return t('live.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
