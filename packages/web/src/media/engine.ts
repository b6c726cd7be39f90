import { LogLevel, setLogLevel } from 'livekit-client';
import type { Capture } from './capture.ts';
import type { Way } from './keepOpen.ts';
import { Publishing } from './publishing.ts';
import { Watching } from './watching.ts';

// This file is the one door to `livekit-client`, and is loaded when a live is about to be opened.

/** Watches a live. `ask` gives the way in, at first and again whenever the line was lost for good. */
export function watch(ask: () => Promise<Way>): Watching {
  calm();
  return new Watching(ask);
}

/** Sends a live. `published` runs each time the tracks have reached the media server. */
export function publish(ask: () => Promise<Way>, capture: Capture, published: () => Promise<void>): Publishing {
  calm();
  return new Publishing(ask, capture, published);
}

/** The library tells each lost line as an error; what a person must know is on the screen. */
const calm = (): void => setLogLevel(LogLevel.silent);
