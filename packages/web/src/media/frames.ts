/** Calls back once, when the element has shown its first frame. Returns the stop. */
export function onFirstFrame(video: HTMLVideoElement, shown: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const handle = video.requestVideoFrameCallback(shown);
    return () => video.cancelVideoFrameCallback(handle);
  }
  const element: HTMLMediaElement = video;
  element.addEventListener('loadeddata', shown, { once: true });
  return () => element.removeEventListener('loadeddata', shown);
}
