import { LiveId } from '@groupcast/protocol';
import { type ParticipantInfo, RoomServiceClient } from 'livekit-server-sdk';
import { z } from 'zod';
import type { MediaServer, Participant } from '../../features/media/index.ts';
import { type LivekitAddress, permissionOf, sendsIn, sourceOf } from './roles.ts';

/** Longer than any grace: a room that closes under a returning host answers 404, which is final for the browser. */
const idleSeconds = 900;
const timeoutSeconds = 2;
const aliveMs = 1_000;

/** LiveKit's room service as the media feature wants it. */
export function createRooms({ url, key, secret }: LivekitAddress): MediaServer {
  const service = new RoomServiceClient(url, key, secret, { requestTimeout: timeoutSeconds, failover: false });

  return {
    async ensureRoom(live) {
      await service.createRoom({ name: live, emptyTimeout: idleSeconds, departureTimeout: idleSeconds });
    },
    deleteRoom: (live) => unlessGone(service.deleteRoom(live), undefined),
    async rooms() {
      return (await service.listRooms()).flatMap(({ name }) => LiveId.safeParse(name).data ?? []);
    },
    async participants(live) {
      return (await unlessGone(service.listParticipants(live), [])).map(participantOf);
    },
    async participant(live, identity) {
      const found = await unlessGone(service.getParticipant(live, identity), null);
      return found && participantOf(found);
    },
    remove: (live, identity) => unlessGone(service.removeParticipant(live, identity), undefined),
    async permit(live, identity, sends) {
      const permission = permissionOf(sends);
      await unlessGone(service.updateParticipant(live, identity, { permission }), undefined);
    },
    async alive() {
      // 406 says that its own statistics are old: it is busy, not dead.
      const answer = await fetch(url, { signal: AbortSignal.timeout(aliveMs) }).catch(() => null);
      await answer?.body?.cancel();
      return answer !== null && (answer.ok || answer.status === 406);
    },
  };
}

const participantOf = ({ identity, permission, tracks }: ParticipantInfo): Participant => ({
  identity,
  sends: sendsIn(permission?.canPublish ?? false, permission?.canPublishSources ?? []),
  tracks: tracks.map(({ source }) => sourceOf(source) ?? 'other'),
});

const NotThere = z.object({ status: z.literal(404) });

/** What should be gone and is gone is as it should be. */
async function unlessGone<T>(asked: Promise<T>, gone: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (NotThere.safeParse(error).success) return gone;
    throw error;
  }
}
