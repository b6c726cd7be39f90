import { AudioPresets, type LocalTrack, type Room, Track, type TrackPublishOptions } from 'livekit-client';
import type { Capture, CaptureState } from './capture.ts';

/**
 * Keeps what a room gets from this page equal to what its Capture has: a camera that is off is muted there, another
 * camera replaces the first without a new negotiation, a screen that is not shown is not sent at all. What the media server does not let through waits until it does.
 */
export class Sending {
  readonly #capture: Capture;
  readonly #room: () => Room | undefined;
  readonly #letGo: () => void;
  /** Changes run one after the other; the newest state is read when each begins. */
  #work: Promise<void> = Promise.resolve();
  #stopped = false;

  /** `room` is the one to send into now, if there is one. */
  constructor(capture: Capture, room: () => Room | undefined) {
    this.#capture = capture;
    this.#room = room;
    this.#letGo = capture.state.subscribe(() => void this.#agreeSoon());
    void this.#agreeSoon();
  }

  /** Resolves when the room has what the Capture has. */
  agree(room: Room): Promise<void> {
    const turn = this.#work.then(async () => {
      if (this.#stopped) return;
      // Together: one negotiation carries both, and nobody waits for the picture until the sound is through.
      await Promise.all(
        wantedOf(this.#capture.state.get()).map(({ source, track, silent }) =>
          agree(room, source, maySend(room, source) ? track : undefined, silent),
        ),
      );
    });
    this.#work = turn.catch(() => undefined);
    return turn;
  }

  /** Takes back what was sent; the devices are the Capture's. */
  stop(): void {
    this.#letGo();
    this.#stopped = true;
    const room = this.#room();
    this.#work = this.#work.then(async () => {
      for (const { track } of room?.localParticipant.trackPublications.values() ?? [])
        if (track) await room?.localParticipant.unpublishTrack(track).catch(() => undefined);
    });
  }

  async #agreeSoon(): Promise<void> {
    const room = this.#room();
    // What fails here is tried again with the next change, or when the line is back.
    if (room) await this.agree(room).catch(() => undefined);
  }
}

interface Wanted {
  readonly source: Track.Source;
  readonly track: MediaStreamTrack | undefined;
  readonly silent: boolean;
}

const wantedOf = ({ camera, microphone, screen }: CaptureState): readonly Wanted[] => [
  {
    source: Track.Source.Microphone,
    track: microphone.state === 'on' ? microphone.track : undefined,
    silent: microphone.state !== 'on' || microphone.muted,
  },
  {
    source: Track.Source.Camera,
    track: camera.state === 'on' ? camera.track : undefined,
    silent: camera.state !== 'on',
  },
  { source: Track.Source.ScreenShare, track: screen.state === 'on' ? screen.track : undefined, silent: false },
  { source: Track.Source.ScreenShareAudio, track: screen.state === 'on' ? screen.sound : undefined, silent: false },
];

const passing: readonly Track.Source[] = [Track.Source.ScreenShare, Track.Source.ScreenShareAudio];

const optionsOf = (source: Track.Source): TrackPublishOptions =>
  source === Track.Source.ScreenShareAudio
    ? { source, audioPreset: AudioPresets.musicHighQualityStereo, forceStereo: true, dtx: false }
    : { source };

/** As the media server numbers sources. */
const numbered: Partial<Record<Track.Source, number>> = {
  [Track.Source.Camera]: 1,
  [Track.Source.Microphone]: 2,
  [Track.Source.ScreenShare]: 3,
  [Track.Source.ScreenShareAudio]: 4,
};

function maySend({ localParticipant: { permissions } }: Room, source: Track.Source): boolean {
  if (!permissions?.canPublish) return false;
  const { canPublishSources } = permissions;
  return canPublishSources.length === 0 || canPublishSources.some((one) => one === numbered[source]);
}

/** Makes one published track what it should be. */
async function agree(
  room: Room,
  source: Track.Source,
  wanted: MediaStreamTrack | undefined,
  silent: boolean,
): Promise<void> {
  const track = room.localParticipant.getTrackPublication(source)?.track;
  if (!track) {
    if (wanted) await publish(room, source, wanted, silent);
    return;
  }
  if (!wanted && passing.includes(source)) {
    await room.localParticipant.unpublishTrack(track);
    return;
  }
  if (wanted && track.mediaStreamTrack !== wanted) await track.replaceTrack(wanted, true);
  if (silent !== track.isMuted) await setMuted(track, silent);
}

async function publish(room: Room, source: Track.Source, wanted: MediaStreamTrack, silent: boolean): Promise<void> {
  const { track } = await room.localParticipant.publishTrack(wanted, optionsOf(source));
  if (silent && track) await setMuted(track, true);
}

const setMuted = (track: LocalTrack, muted: boolean): Promise<unknown> => (muted ? track.mute() : track.unmute());
