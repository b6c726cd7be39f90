import { TrackSource, type VideoGrant } from 'livekit-server-sdk';
import { allSources, type Source } from '../../features/media/index.ts';

export interface LivekitAddress {
  /** `http(s)://` or `ws(s)://`, reached by this server only. */
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

const named: Readonly<Record<Source, { readonly source: TrackSource; readonly claim: string }>> = {
  camera: { source: TrackSource.CAMERA, claim: 'camera' },
  microphone: { source: TrackSource.MICROPHONE, claim: 'microphone' },
  screen: { source: TrackSource.SCREEN_SHARE, claim: 'screen_share' },
  screenSound: { source: TrackSource.SCREEN_SHARE_AUDIO, claim: 'screen_share_audio' },
};

/** What LiveKit calls a source; null: one that we know nothing of. */
export const sourceOf = (source: TrackSource): Source | null =>
  allSources.find((one) => named[one].source === source) ?? null;

/** What may be sent, of what LiveKit lists by number (a permission) or by name (a token's claim): an empty list is all. */
export function sendsIn(canPublish: boolean, listed: readonly (TrackSource | string)[]): readonly Source[] {
  if (!canPublish) return [];
  if (listed.length === 0) return allSources;
  return allSources.filter((one) => listed.includes(named[one].source) || listed.includes(named[one].claim));
}

/**
 * Permissions are replaced whole, so all of them are named. Who is inside stays visible: taken out of sight, who was on
 * stage would stay there as a ghost.
 */
export const permissionOf = (sends: readonly Source[]) => ({
  canSubscribe: true,
  canPublish: sends.length > 0,
  // LiveKit takes an empty list as all.
  canPublishSources: sends.map((one) => named[one].source),
  canPublishData: false,
  canUpdateMetadata: false,
  hidden: false,
});

/** A token's claim. Nobody in a browser gets to administer a room; who sends nothing is hidden. */
export const grantOf = (
  sends: readonly Source[],
  room: string,
): Omit<VideoGrant, 'canPublishSources'> & { canPublishSources: string[] } => ({
  roomJoin: true,
  room,
  canSubscribe: true,
  canPublish: sends.length > 0,
  canPublishSources: sends.map((one) => named[one].claim),
  canPublishData: false,
  canUpdateOwnMetadata: false,
  hidden: sends.length === 0,
});
