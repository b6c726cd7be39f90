import { type RemoteTrack, type RemoteTrackPublication, type Room, RoomEvent, Track } from 'livekit-client';
import { Cell, type Readable } from './cell.ts';
import { watchFlow } from './flow.ts';
import { onFirstFrame } from './frames.ts';
import type { Way } from './keepOpen.ts';
import { MediaLine, type MediaLineState } from './mediaLine.ts';
import { keepSound, keptSound, type OwnSound } from './ownSound.ts';

export interface WatchState extends OwnSound {
  readonly line: MediaLineState;
  /** `none`: nobody sends a picture; `coming`: sent, but no frame has been shown yet; `off`: the host's camera is off. */
  readonly picture: 'none' | 'coming' | 'shown' | 'off';
  readonly voice: 'none' | 'on' | 'off';
  readonly speaking: boolean;
  /** Picture or sound should be coming, and nothing comes. */
  readonly stalled: boolean;
  /** The browser wants a gesture before it makes sound. */
  readonly soundBlocked: boolean;
}

const start: Omit<WatchState, keyof OwnSound> = {
  line: 'connecting',
  picture: 'none',
  voice: 'none',
  speaking: false,
  stalled: false,
  soundBlocked: false,
};

/** One viewer's picture and sound of one live. */
export class Watching {
  readonly #cell = new Cell<WatchState>({ ...start, ...keptSound(sessionStorage) });
  readonly #sound = new Audio();
  readonly #line: MediaLine;
  readonly #letGo: () => void;
  readonly #stopFlow: () => void;
  #video: HTMLVideoElement | undefined;
  #stopFrame: () => void = () => undefined;

  constructor(ask: () => Promise<Way>) {
    this.#line = new MediaLine(
      ask,
      (room) => this.#bind(room),
      async (room) => this.#look(room),
    );
    this.#stopFlow = watchFlow({
      received: () => this.#received(),
      changed: (stalled) => this.#put({ stalled }),
      clock: () => performance.now(),
    });
    this.#letGo = this.#line.state.subscribe(() => this.#put({ line: this.#line.state.get() }));
  }

  get state(): Readable<WatchState> {
    return this.#cell;
  }

  /** Shows the picture in this element from now on. Returns the detaching. */
  attach(video: HTMLVideoElement): () => void {
    this.#video = video;
    this.#look(this.#line.room);
    return () => {
      if (this.#video !== video) return;
      this.#stopFrame();
      this.#track(Track.Source.Camera)?.detach(video);
      this.#video = undefined;
    };
  }

  /** To be called in a gesture of the person: makes sound where the browser asked for one. */
  async startSound(): Promise<void> {
    await this.#line.room?.startAudio().catch(() => undefined);
    await this.#video?.play().catch(() => undefined);
    this.#put({ soundBlocked: this.#line.room?.canPlaybackAudio === false });
  }

  setVolume(volume: number): void {
    this.#hear({ muted: volume === 0, volume });
  }

  setMuted(muted: boolean): void {
    this.#hear({ muted, volume: this.#cell.get().volume || 1 });
  }

  #hear(own: OwnSound): void {
    this.#put(own);
    this.#applySound();
    keepSound(sessionStorage, own);
  }

  /** livekit-client turns an element's sound on with each track that it attaches. */
  #applySound(): void {
    const { muted, volume } = this.#cell.get();
    this.#sound.muted = muted;
    this.#sound.volume = volume;
  }

  stop(): void {
    this.#stopFrame();
    this.#stopFlow();
    this.#letGo();
    this.#line.close();
    this.#sound.srcObject = null;
    this.#put({ line: 'closed' });
  }

  #bind(room: Room): void {
    const look = () => this.#look(room);
    room
      .on(RoomEvent.TrackSubscribed, look)
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        track.detach();
        look();
      })
      .on(RoomEvent.TrackMuted, look)
      .on(RoomEvent.TrackUnmuted, look)
      .on(RoomEvent.Disconnected, look)
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.#put({ soundBlocked: !room.canPlaybackAudio }))
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => this.#put({ speaking: speakers.length > 0 }));
  }

  /** Makes element, sound and state agree with what the room has. Harmless to call at any time. */
  #look(room: Room | undefined): void {
    if (room !== this.#line.room) return;
    const camera = this.#publication(Track.Source.Camera);
    const microphone = this.#publication(Track.Source.Microphone);
    if (microphone?.track && attachOnce(microphone.track, this.#sound)) this.#applySound();
    this.#put({ picture: this.#picture(camera), voice: !microphone ? 'none' : microphone.isMuted ? 'off' : 'on' });
  }

  #picture(camera: RemoteTrackPublication | undefined): WatchState['picture'] {
    if (!camera?.track) return 'none';
    if (camera.isMuted) return 'off';
    if (!this.#video) return 'coming';
    const already = this.#cell.get().picture === 'shown';
    const fresh = attachOnce(camera.track, this.#video);
    if (already && !fresh) return 'shown';
    this.#stopFrame();
    this.#stopFrame = onFirstFrame(this.#video, () => this.#put({ picture: 'shown' }));
    return 'coming';
  }

  /** Packets of what is neither muted nor, because nobody looks at it, paused. */
  async #received(): Promise<number | undefined> {
    const sent = [Track.Source.Camera, Track.Source.Microphone].map((source) => this.#publication(source));
    const tracks = sent.flatMap((one) => (one?.track && !one.isMuted && one.isEnabled ? [one.track] : []));
    if (tracks.length === 0) return undefined;
    const reports = await Promise.all(tracks.map((track) => track.getRTCStatsReport()));
    return reports
      .flatMap((report) => [...(report?.values() ?? [])])
      .filter(({ type }) => type === 'inbound-rtp')
      .reduce((sum: number, { packetsReceived }) => sum + Number(packetsReceived ?? 0), 0);
  }

  #publication(source: Track.Source): RemoteTrackPublication | undefined {
    for (const host of this.#line.room?.remoteParticipants.values() ?? []) {
      const publication = host.getTrackPublication(source);
      if (publication) return publication;
    }
    return undefined;
  }

  #track(source: Track.Source): RemoteTrack | undefined {
    return this.#publication(source)?.track;
  }

  #put(part: Partial<WatchState>): void {
    this.#cell.change((state) => ({ ...state, ...part }));
  }
}

/** Attaches unless it is already; true when it was new. */
function attachOnce(track: RemoteTrack, element: HTMLMediaElement): boolean {
  if (track.attachedElements.includes(element)) return false;
  track.attach(element);
  return true;
}
