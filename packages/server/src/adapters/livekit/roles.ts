import { TrackSource, type VideoGrant } from 'livekit-server-sdk';
import type { As } from '../../features/media/index.ts';

export interface LivekitAddress {
  /** `http(s)://` or `ws(s)://`, reached by this server only. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

const sources = [
  TrackSource.CAMERA,
  TrackSource.MICROPHONE,
  TrackSource.SCREEN_SHARE,
  TrackSource.SCREEN_SHARE_AUDIO,
] as const;

/** Permissions are replaced whole, so all of them are named. */
export const permissionOf = (as: As) =>
  as === 'host'
    ? {
        canSubscribe: true,
        canPublish: true,
        canPublishSources: [...sources],
        canPublishData: false,
        canUpdateMetadata: false,
        hidden: false,
      }
    : {
        canSubscribe: true,
        canPublish: false,
        canPublishSources: [],
        canPublishData: false,
        canUpdateMetadata: false,
        hidden: true,
      };

/** The same as a token's claim. Nobody in a browser gets to administer a room. */
export function grantOf(
  as: As,
  room: string,
): Omit<VideoGrant, 'canPublishSources'> & { canPublishSources?: string[] } {
  const { canSubscribe, canPublish, canPublishData, hidden } = permissionOf(as);
  const common = {
    roomJoin: true,
    room,
    canSubscribe,
    canPublish,
    canPublishData,
    hidden,
    canUpdateOwnMetadata: false,
  };
  return as === 'host'
    ? { ...common, canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'] }
    : common;
}
