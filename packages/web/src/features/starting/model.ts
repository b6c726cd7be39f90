import type { QuietHours, StartBar, Starting } from '@groupcast/protocol';

/** Minutes of a day as `07:30`. */
export const clockOf = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The minute of the day that a field of a form says; undefined while it is none. */
export function minuteOf(clock: string): number | undefined {
  const [, hour, minute] = /^(\d{2}):(\d{2})$/.exec(clock) ?? [];
  return hour !== undefined && minute !== undefined && Number(hour) < 24 && Number(minute) < 60
    ? Number(hour) * 60 + Number(minute)
    : undefined;
}

/** Offered when somebody begins to set quiet hours, by the clock of where they are. */
export const usualQuiet = (zone: string): QuietHours => ({ from: 22 * 60, until: 7 * 60, zone });

/** Whether the group's own rule bars, which its owner and admins can change; else whoever runs the server does. */
export const isOfGroup = ({ why }: StartBar): boolean => why !== 'notRolledOut' && why !== 'startsPaused';

/** Whether a request would help against this bar, and none waits yet. */
export const mayAsk = ({ bar, asked }: Pick<Starting, 'bar' | 'asked'>): boolean => bar?.why === 'startAsk' && !asked;

/** How long until a bar passes by itself, in milliseconds; null: it does not. */
export const passesIn = (bar: StartBar, now: number): number | null =>
  bar.until === null ? null : Math.max(0, bar.until - now);
