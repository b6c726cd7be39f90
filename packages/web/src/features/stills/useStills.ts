import { api, type Live, limits } from '@groupcast/protocol';
import { type RefObject, useEffect } from 'react';
import { call } from '../../api/client.ts';
import { frameOf } from './frame.ts';

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
    let putAt = Number.NEGATIVE_INFINITY;
    let there = true;
    let busy = false;
    const look = async () => {
      const video = room.current?.querySelector<HTMLVideoElement>(shown);
      if (!video && there) {
        there = false;
        await call(api.dropStill, { params });
      }
      if (!video || performance.now() - putAt < limits.stillMs) return;
      const file = await frameOf(video);
      if (!file) return;
      putAt = performance.now();
      there = 'ok' in (await call(api.putStill, { params, file })) || there;
    };
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      // What fails is followed by the next one.
      void look()
        .catch(() => undefined)
        .finally(() => {
          busy = false;
        });
    }, lookMs);
    return () => clearInterval(timer);
  }, [on, room]);
}
