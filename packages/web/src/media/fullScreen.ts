/** A phone's own orientation lock, which not every browser has. */
interface Turnable {
  lock?: (orientation: 'landscape') => Promise<void>;
  unlock?: () => void;
}

const turnable = (): Turnable => globalThis.screen?.orientation ?? {};

export const canFullScreen = (): boolean => document.fullscreenEnabled === true;

export const isFullScreen = (): boolean => document.fullscreenElement !== null;

/** Shows the element on the whole screen, lying when `landscape` and the device can. */
export async function enterFullScreen(element: Element, landscape: boolean): Promise<void> {
  try {
    await element.requestFullscreen({ navigationUI: 'hide' });
    if (landscape) await turnable().lock?.('landscape');
  } catch {
    // Refused by the browser or no orientation lock: the page stays as it is.
  }
}

export async function leaveFullScreen(): Promise<void> {
  turnable().unlock?.();
  if (isFullScreen()) await document.exitFullscreen().catch(() => undefined);
}

export function onFullScreenChange(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}
