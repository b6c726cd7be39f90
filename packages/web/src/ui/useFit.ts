import { type RefObject, useEffect, useState } from 'react';

export type Fit = 'cover' | 'contain';

/** A picture fills its frame. Only one that stands in a frame that lies is shown whole: filled, it would lose its head and feet. */
export function useFit(video: RefObject<HTMLVideoElement | null>): Fit {
  const [fit, setFit] = useState<Fit>('cover');
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const look = () => {
      if (element.videoWidth === 0) return;
      const stands = element.videoHeight > element.videoWidth;
      setFit(stands && element.clientWidth > element.clientHeight ? 'contain' : 'cover');
    };
    const size = new ResizeObserver(look);
    size.observe(element);
    element.addEventListener('resize', look);
    return () => {
      size.disconnect();
      element.removeEventListener('resize', look);
    };
  }, [video]);
  return fit;
}

const ambientMs = 700;

/** Paints a tiny copy of the picture, blurred by CSS, behind it; when the picture stops, the last one stays. */
export function useAmbient(
  video: RefObject<HTMLVideoElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  moving: boolean,
): void {
  useEffect(() => {
    if (!moving) return;
    const paint = () => {
      const [from, to] = [video.current, canvas.current];
      if (from && to && from.videoWidth > 0) to.getContext('2d')?.drawImage(from, 0, 0, to.width, to.height);
    };
    paint();
    const timer = setInterval(paint, ambientMs);
    return () => clearInterval(timer);
  }, [video, canvas, moving]);
}
