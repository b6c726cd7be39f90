import { api, type Live, limits } from '@groupcast/protocol';
import { type RefObject, useEffect } from 'react';
import { call } from '../../api/client.ts';
import { frameOf } from './frame.ts';
import { keepStill } from './keepStill.ts';

/** A camera that goes off takes its still away within this. */
const lookMs = 1_000;
/** What members see: a screen before a face. */
const shown = '[data-screen="shown"] video, [data-camera="on"] > video, [data-picture="shown"] > video';

/** Puts what the host's page shows of its live, small and now and then, for members who do not watch. */
export function useStills(live: Live | undefined, room: RefObject<HTMLElement | null>): void {
  const on = live?.state === 'live' && !live.audioOnly ? live.id : undefined;
  useEffect(() => {
    if (on === undefined) return;
    const params = { live: on };
    const look = keepStill(
      {
        frame: async () => {
          const video = room.current?.querySelector<HTMLVideoElement>(shown);
          return video ? frameOf(video) : undefined;
        },
        put: async (file) => 'ok' in (await call(api.putStill, { params, file })),
        drop: async () => 'ok' in (await call(api.dropStill, { params })),
        now: () => performance.now(),
      },
      limits.stillMs,
    );
    // What fails is followed by the next one.
    const timer = setInterval(() => void look().catch(() => undefined), lookMs);
    return () => clearInterval(timer);
  }, [on, room]);
}
