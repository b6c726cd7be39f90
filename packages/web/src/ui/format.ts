/** Short for people: 999, 1.2k, 34k, 1.2M; 999, 1.2万, 34万 in Chinese. */
export function shortNumber(value: number, language: string): string {
  const steps: readonly (readonly [number, string])[] = language.startsWith('zh')
    ? [
        [100_000_000, '亿'],
        [10_000, '万'],
      ]
    : [
        [1_000_000, 'M'],
        [1_000, 'k'],
      ];
  for (const [size, sign] of steps) {
    if (value < size) continue;
    const scaled = Math.floor((value / size) * 10) / 10;
    return `${scaled >= 10 ? Math.floor(scaled) : scaled}${sign}`;
  }
  return String(value);
}

/** 0:07, 12:04, 1:02:33. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** English dates are written as in "3 November", whichever English a browser speaks. */
const localeOf = (language: string): string => (language === 'en' ? 'en-GB' : language);

/** 18:17, by the reader's clock. */
export const timeOfDay = (at: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);

/** Names of days, relative to the reader's today. */
export interface DayWords {
  readonly today: string;
  readonly yesterday: string;
}

/** Whole days between two moments by the reader's calendar. */
export function daysBetween(from: number, to: number): number {
  const day = (at: number) => {
    const date = new Date(at);
    return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
  };
  return day(to) - day(from);
}

/** Today, Yesterday, Monday, 3 November, 3 November 2024. */
export function dayName(at: number, now: number, language: string, words: DayWords): string {
  const days = daysBetween(at, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  if (days > 1 && days < 7) return new Intl.DateTimeFormat(localeOf(language), { weekday: 'long' }).format(at);
  return longDate(at, now, language);
}

/** For the list: the time today, a weekday this week, else the date. */
export function listTime(at: number, now: number, language: string, words: DayWords): string {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(at, language);
  if (days === 1) return words.yesterday;
  if (days < 7) return new Intl.DateTimeFormat(localeOf(language), { weekday: 'short' }).format(at);
  return new Intl.DateTimeFormat(localeOf(language), {
    day: 'numeric',
    month: 'numeric',
    ...yearIfOther(at, now),
  }).format(at);
}

/** 3 November, with the year when it is not this one. */
export const longDate = (at: number, now: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month: 'long', ...yearIfOther(at, now) }).format(at);

/** Monday 3 November: for a page about that day. */
export const fullDay = (at: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

const yearIfOther = (at: number, now: number): { year?: 'numeric' } =>
  new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' };
