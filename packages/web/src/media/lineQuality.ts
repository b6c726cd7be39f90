import { ConnectionQuality } from 'livekit-client';
import type { LineQuality } from './poor.ts';

/** What the media server says of a line, in our words. */
export function qualityOf(quality: ConnectionQuality): LineQuality {
  if (quality === ConnectionQuality.Lost) return 'lost';
  return quality === ConnectionQuality.Poor ? 'weak' : 'good';
}
