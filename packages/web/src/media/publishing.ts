import { ConnectionQuality, type LocalTrack, type Room, RoomEvent, Track } from 'livekit-client';
import type { Capture } from './capture.ts';
import { Cell, type Readable } from './cell.ts';
import type { Way } from './keepOpen.ts';
import { MediaLine, type MediaLineState } from './mediaLine.ts';

export interface PublishState {
  readonly line: MediaLineState;
  /** At least one track is with the media server. */
  readonly published: boolean;
  readonly quality: 'good' | 'weak' | 'lost';
}

/**
 * Sends what the page's Capture has into one media room, and keeps the two equal: a camera that is off is muted there,
 * another camera replaces the first without a new negotiation.
 */
export class Publishing {
  readonly #cell = new Cell<PublishState>({ line: 'connecting', published: false, quality: 'good' });
  readonly #capture: Capture;
  readonly #line: MediaLine;
  readonly #letGo: readonly (() => void)[];
  /** Changes run one after the other; the newest state is read when each begins. */
  #work: Promise<void> = Promise.resolve();

  /** `published` is called after every connect, when the tracks are with the media server. */
  constructor(ask: () => Promise<Way>, capture: Capture, published: () => Promise<void>) {
    this.#capture = capture;
    this.#line = new MediaLine(
      ask,
      (room) => this.#bind(room),
      async (room) => {
        await this.#agree(room);
        this.#put({ published: room.localParticipant.trackPublications.size > 0 });
        await published();
      },
    );
    this.#letGo = [
      this.#line.state.subscribe(() => this.#put({ line: this.#line.state.get() })),
      capture.state.subscribe(() => void this.#agreeSoon()),
    ];
  }

  get state(): Readable<PublishState> {
    return this.#cell;
  }

  /** Leaves the room. The devices stay as they are: they belong to the Capture. */
  stop(): void {
    for (const letGo of this.#letGo) letGo();
    this.#line.close();
    this.#put({ line: 'closed', published: false });
  }

  #bind(room: Room): void {
    room.on(RoomEvent.ConnectionQualityChanged, (quality, who) => {
      if (who === room.localParticipant) this.#put({ quality: wordOf(quality) });
    });
    room.on(RoomEvent.Disconnected, () => this.#put({ published: false }));
  }

  async #agreeSoon(): Promise<void> {
    const { room } = this.#line;
    if (room && this.#line.state.get() === 'open') await this.#agree(room);
  }

  #agree(room: Room): Promise<void> {
    const turn = this.#work.then(async () => {
      const { camera, microphone } = this.#capture.state.get();
      await agree(
        room,
        Track.Source.Microphone,
        microphone.state === 'on' ? microphone.track : undefined,
        microphone.state !== 'on' || microphone.muted,
      );
      await agree(room, Track.Source.Camera, camera.state === 'on' ? camera.track : undefined, camera.state !== 'on');
    });
    this.#work = turn.catch(() => undefined);
    return turn;
  }

  #put(part: Partial<PublishState>): void {
    this.#cell.change((state) => ({ ...state, ...part }));
  }
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
  if (wanted && track.mediaStreamTrack !== wanted) await track.replaceTrack(wanted, true);
  if (silent !== track.isMuted) await setMuted(track, silent);
}

async function publish(room: Room, source: Track.Source, wanted: MediaStreamTrack, silent: boolean): Promise<void> {
  const { track } = await room.localParticipant.publishTrack(wanted, { source });
  if (silent && track) await setMuted(track, true);
}

const setMuted = (track: LocalTrack, muted: boolean): Promise<unknown> => (muted ? track.mute() : track.unmute());

function wordOf(quality: ConnectionQuality): PublishState['quality'] {
  if (quality === ConnectionQuality.Lost) return 'lost';
  return quality === ConnectionQuality.Poor ? 'weak' : 'good';
}
