import type { Page } from '@playwright/test';

/** What a page has noticed about itself since it was last asked. Times in milliseconds. */
export interface Noticed {
  /** Tasks over 50 ms. */
  readonly longTasks: readonly number[];
  /** The longest duration of each interaction: from the tap or the key to the next picture. */
  readonly interactions: readonly { readonly type: string; readonly ms: number }[];
  /** How often the room's elements were changed: one for each script that changed some of them. */
  readonly updates: number;
  readonly elements: number;
}

declare global {
  /** Put there by `watchItself`. */
  var notice: (() => Noticed) | undefined;
}

/** Lets the page watch itself, from its first moment. */
export const watchItself = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    let longTasks: number[] = [];
    let interactions = new Map<number, { type: string; ms: number }>();
    let updates = 0;
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    });
    tasks.observe({ type: 'longtask' });
    const events = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!(entry instanceof PerformanceEventTiming) || entry.interactionId === 0) continue;
        const known = interactions.get(entry.interactionId);
        if (!known || known.ms < entry.duration)
          interactions.set(entry.interactionId, { type: entry.name, ms: entry.duration });
      }
    });
    const wanted = { type: 'event', durationThreshold: 16 };
    events.observe(wanted);
    const changes = new MutationObserver(() => (updates += 1));
    changes.observe(document, { subtree: true, childList: true, characterData: true });
    globalThis.notice = () => {
      const noticed = {
        longTasks,
        interactions: [...interactions.values()],
        updates,
        elements: document.querySelectorAll('*').length,
      };
      longTasks = [];
      interactions = new Map();
      updates = 0;
      return noticed;
    };
  });

export async function noticedBy(page: Page): Promise<Noticed> {
  const noticed = await page.evaluate(() => globalThis.notice?.());
  if (!noticed) throw new Error('the page does not watch itself');
  return noticed;
}

/**
 * Interaction to next paint as the web's metrics define it: the longest, where one of each fifty may be forgotten.
 * https://web.dev/articles/inp
 */
export function inpOf(durations: readonly number[]): number {
  const longest = durations.toSorted((one, other) => other - one);
  return longest[Math.floor(longest.length / 50)] ?? 0;
}
