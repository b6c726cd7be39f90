import type { Page } from '@playwright/test';

/** Notes when each frame of this video is shown, from now on. */
export const noteFrames = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).evaluate((element, name) => {
    if (!(element instanceof HTMLVideoElement)) throw new Error(`${name} is no video`);
    const times: number[] = [];
    Reflect.set(window, `frames of ${name}`, times);
    const note = () => {
      times.push(Date.now());
      element.requestVideoFrameCallback(note);
    };
    element.requestVideoFrameCallback(note);
  }, selector);

/** When the first frame after `since` was shown, in epoch milliseconds; null: none yet. */
export const frameAfter = (page: Page, selector: string, since: number): Promise<number | null> =>
  page.evaluate(
    ([name, from]) => {
      const times: readonly number[] = Reflect.get(window, `frames of ${name}`) ?? [];
      return times.find((at) => at > from) ?? null;
    },
    [selector, since] as const,
  );

/** The longest time without a frame between two moments, in milliseconds. */
export const longestGap = (page: Page, selector: string, from: number, to: number): Promise<number> =>
  page.evaluate(
    ([name, since, until]) => {
      const times: readonly number[] = Reflect.get(window, `frames of ${name}`) ?? [];
      const marks = [since, ...times.filter((at) => at > since && at < until), until];
      return Math.max(...marks.slice(1).map((at, index) => at - (marks[index] ?? at)));
    },
    [selector, from, to] as const,
  );
