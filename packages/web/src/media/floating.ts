/** What WebKit has on phones instead of the standard. */
interface Presented {
  webkitSupportsPresentationMode?: (mode: string) => boolean;
  webkitPresentationMode?: string;
  webkitSetPresentationMode?: (mode: 'inline' | 'picture-in-picture') => void;
}

const presented = (video: HTMLVideoElement): HTMLVideoElement & Presented => video;

/** Whether this browser lets a picture float over other windows. */
export const canFloat = (): boolean =>
  document.pictureInPictureEnabled === true ||
  presented(document.createElement('video')).webkitSupportsPresentationMode?.('picture-in-picture') === true;

/** Lets the picture float; to be called in a gesture. False when the browser refuses. */
export async function float(video: HTMLVideoElement): Promise<boolean> {
  try {
    if (document.pictureInPictureEnabled) await video.requestPictureInPicture();
    else presented(video).webkitSetPresentationMode?.('picture-in-picture');
    return true;
  } catch {
    return false;
  }
}

/** Brings a floating picture of this element's back; others stay. */
export async function land(within: Element): Promise<void> {
  const { pictureInPictureElement } = document;
  if (pictureInPictureElement && within.contains(pictureInPictureElement))
    await document.exitPictureInPicture().catch(() => undefined);
  for (const video of within.querySelectorAll('video'))
    if (floats(video)) presented(video).webkitSetPresentationMode?.('inline');
}

const floats = (video: HTMLVideoElement): boolean => presented(video).webkitPresentationMode === 'picture-in-picture';

export const isFloating = (within: Element | null): boolean =>
  within !== null &&
  (within.contains(document.pictureInPictureElement) || [...within.querySelectorAll('video')].some(floats));

const changes = ['enterpictureinpicture', 'leavepictureinpicture', 'webkitpresentationmodechanged'] as const;

/** Calls back when a picture within begins or ceases to float. Returns the stop. */
export function onFloat(within: Element, listener: () => void): () => void {
  for (const type of changes) within.addEventListener(type, listener, true);
  return () => {
    for (const type of changes) within.removeEventListener(type, listener, true);
  };
}
