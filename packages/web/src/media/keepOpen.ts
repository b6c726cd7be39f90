/** The way into a media room, as the server gives it: open it, ask again later, or there is none any more. */
export type Way =
  | { readonly state: 'open'; readonly path: string; readonly token: string }
  | { readonly state: 'later' }
  | { readonly state: 'closed' };

export interface KeepOpen {
  readonly ask: () => Promise<Way>;
  /** Goes in and stays until the line is given up; false when it never opened. */
  readonly stay: (way: Extract<Way, { state: 'open' }>) => Promise<boolean>;
  readonly mending: () => void;
  readonly pause: (ms: number) => Promise<void>;
  readonly stopped: () => boolean;
}

/** Delays between tries of the whole way anew, in milliseconds; the last one repeats. */
const pauses = [200, 500, 1_000, 2_000] as const;

/** Goes in again and again, each time by a new way, until it is stopped or there is no way any more. */
export async function keepOpen({ ask, stay, mending, pause, stopped }: KeepOpen): Promise<void> {
  let tries = 0;
  while (!stopped()) {
    const way = await ask();
    if (stopped() || way.state === 'closed') return;
    if (way.state === 'open' && (await stay(way))) tries = 0;
    if (stopped()) return;
    mending();
    await pause(pauses[Math.min(tries, pauses.length - 1)] ?? 0);
    tries += 1;
  }
}
