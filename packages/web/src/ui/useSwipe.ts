import { type TouchEvent, useRef } from 'react';

/** Shorter is a tap that slipped; slower is somebody who looks for something. */
const leastPixels = 60;
const longestMs = 800;

interface Swipe {
  readonly onTouchStart: (event: TouchEvent) => void;
  readonly onTouchEnd: (event: TouchEvent) => void;
}

/** Tells a swipe of one finger to the left (`next`) or to the right (`previous`). */
export function useSwipe(on: (way: 'next' | 'previous') => void): Swipe {
  const start = useRef<{ readonly x: number; readonly y: number; readonly at: number }>(undefined);
  return {
    onTouchStart({ touches, timeStamp }) {
      const finger = touches.item(0);
      start.current = touches.length === 1 ? { x: finger.clientX, y: finger.clientY, at: timeStamp } : undefined;
    },
    onTouchEnd({ changedTouches, timeStamp }) {
      const finger = changedTouches.item(0);
      const from = start.current;
      start.current = undefined;
      if (!from || !finger || timeStamp - from.at > longestMs) return;
      const [across, down] = [finger.clientX - from.x, finger.clientY - from.y];
      if (Math.abs(across) < leastPixels || Math.abs(across) < 2 * Math.abs(down)) return;
      on(across < 0 ? 'next' : 'previous');
    },
  };
}
