import {
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  Track,
  VideoQuality,
} from 'livekit-client';
import { Cell, type Readable } from './cell.ts';
import { onFirstFrame } from './frames.ts';
import type { OwnSound } from './ownSound.ts';
import { type Faces, type Seen, unseen } from './seen.ts';
import type { WayToWatch } from './wayToWatch.ts';

/** What is seen of a person. */
export type View = 'camera' | 'screen';

/** Where one of a person's pictures goes on this page. */
interface Pane {
  video: HTMLVideoElement | undefined;
  stopFrame: () => void;
}

/** One person's elements on this page, by what they carry. */
interface Entry {
  readonly sounds: ReadonlyMap<Track.Source, HTMLAudioElement>;
  readonly panes: Readonly<Record<View, Pane>>;
}

const soundSources = [Track.Source.Microphone, Track.Source.ScreenShareAudio] as const;
const views = ['camera', 'screen'] as const;
const pictureSource = { camera: Track.Source.Camera, screen: Track.Source.ScreenShare } as const;

/** The person behind a participant: a page's identity is `person:page`. */
const personOf = ({ identity }: Participant): string => identity.split(':', 1)[0] ?? '';

/** Pictures and sounds of everybody else in a media room, each person's apart. */
export class Cast {
  readonly #faces = new Cell<Faces>(new Map());
  readonly #entries = new Map<string, Entry>();
  #own: OwnSound;
  #room: Room | undefined;
  #hushed: string | undefined;
  #way: WayToWatch = 'automatic';
  #starved: ReadonlySet<string> = new Set();
  #held = false;

  constructor(own: OwnSound) {
    this.#own = own;
  }

  get faces(): Readable<Faces> {
    return this.#faces;
  }

  /** Follows this room from now on; the one before it is over. */
  bind(room: Room): void {
    this.#room = room;
    const look = () => this.look(room);
    room
      .on(RoomEvent.TrackSubscribed, look)
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        track.detach();
        look();
      })
      .on(RoomEvent.TrackUnpublished, look)
      .on(RoomEvent.TrackMuted, look)
      .on(RoomEvent.TrackUnmuted, look)
      .on(RoomEvent.ParticipantDisconnected, look)
      .on(RoomEvent.Disconnected, look)
      .on(RoomEvent.ActiveSpeakersChanged, look);
  }

  /** Shows a person's picture, or their screen, in this element from now on. Returns the detaching. */
  attach(person: string, video: HTMLVideoElement, view: View = 'camera'): () => void {
    const pane = this.#entry(person).panes[view];
    pane.video = video;
    this.look();
    return () => {
      if (pane.video !== video) return;
      pane.stopFrame();
      this.#publication(person, pictureSource[view])?.track?.detach(video);
      pane.video = undefined;
      this.look();
    };
  }

  /** livekit-client turns an element's sound on with each track that it attaches, so this is applied after each, too. */
  setSound(own: OwnSound): void {
    this.#own = own;
    for (const [person, { sounds }] of this.#entries)
      for (const sound of sounds.values()) this.#applySound(person, sound);
  }

  /** What is received of all pictures from now on. */
  setWay(way: WayToWatch): void {
    this.#way = way;
    this.look();
  }

  /** Whether what this person shows does not come though it is sent. */
  isHeldBack(person: string): boolean {
    const seen = this.#faces.get().get(person);
    return seen?.picture === 'held' || seen?.screen === 'held';
  }

  /** Reports of the picture that this person sends, a screen before a camera. */
  async report(person: string): Promise<RTCStatsReport | undefined> {
    const screen = this.#publication(person, Track.Source.ScreenShare);
    const shown = screen?.track ? screen : this.#publication(person, Track.Source.Camera);
    return shown?.track?.getRTCStatsReport();
  }

  /** Of this person nothing is heard. */
  hush(person: string): void {
    this.#hushed = person;
    this.setSound(this.#own);
  }

  /** Packets of what this person sends, and is neither muted nor, because nobody looks at it, paused. */
  async received(person: string): Promise<number | undefined> {
    const sent = [Track.Source.Camera, Track.Source.Microphone].map((source) => this.#publication(person, source));
    const tracks = sent.flatMap((one) => (one?.track && !one.isMuted && one.isEnabled ? [one.track] : []));
    if (tracks.length === 0) return undefined;
    const reports = await Promise.all(tracks.map((track) => track.getRTCStatsReport()));
    return reports.reduce((sum, report) => sum + countOf('packetsReceived', report), 0);
  }

  /** Frames of each picture that should be coming, by a key that `setStarved` knows. */
  async pictures(): Promise<ReadonlyMap<string, number>> {
    const counted = [...this.#entries.keys()].flatMap((person) =>
      views.map(async (view): Promise<readonly [string, number] | undefined> => {
        const publication = this.#publication(person, pictureSource[view]);
        if (!publication?.track || publication.isMuted || !publication.isEnabled) return undefined;
        return [keyOf(person, view), countOf('framesReceived', await publication.track.getRTCStatsReport())];
      }),
    );
    return new Map((await Promise.all(counted)).filter((one) => one !== undefined));
  }

  /** These pictures do not come; `held`: none is asked for until they may. */
  setStarved(keys: ReadonlySet<string>, held: boolean): void {
    this.#starved = keys;
    this.#held = held;
    this.look();
  }

  async play(): Promise<void> {
    const videos = [...this.#entries.values()].flatMap(({ panes }) => [panes.camera.video, panes.screen.video]);
    await Promise.all(videos.map((video) => video?.play().catch(() => undefined)));
  }

  /** Makes elements, sounds and state agree with what the room has. Harmless to call at any time. */
  look(room = this.#room): void {
    if (!room || room !== this.#room) return;
    const speaking = new Set(room.activeSpeakers.map(personOf));
    const there = new Set([...room.remoteParticipants.values()].map(personOf));
    for (const person of there) this.#entry(person);
    const before = this.#faces.get();
    const now = new Map<string, Seen>();
    for (const [person, entry] of this.#entries) {
      const had = before.get(person) ?? unseen;
      const seen = this.#see(person, entry, had, speaking.has(person));
      now.set(person, same(seen, had) ? had : seen);
      if (!there.has(person)) for (const sound of entry.sounds.values()) sound.srcObject = null;
    }
    if (now.size !== before.size || [...now].some(([person, seen]) => before.get(person) !== seen))
      this.#faces.set(now);
  }

  stop(): void {
    for (const sound of this.#sounds()) sound.srcObject = null;
    for (const { panes } of this.#entries.values()) for (const view of views) panes[view].stopFrame();
    this.#entries.clear();
  }

  #see(person: string, entry: Entry, had: Seen, speaking: boolean): Seen {
    const camera = this.#publication(person, Track.Source.Camera);
    const microphone = this.#publication(person, Track.Source.Microphone);
    const screen = this.#publication(person, Track.Source.ScreenShare);
    for (const [source, sound] of entry.sounds) this.#hear(person, this.#publication(person, source), sound);
    return {
      picture: this.#isOff(camera) ? 'off' : this.#place(person, entry, 'camera', had.picture, camera),
      // A publication stands in the room's list for a moment after its track has gone.
      voice: !microphone?.track ? 'none' : microphone.isMuted ? 'off' : 'on',
      screen:
        screen?.track && this.#way === 'sound'
          ? this.#without(screen)
          : this.#place(person, entry, 'screen', had.screen, screen),
      speaking,
    };
  }

  get #asked(): WayToWatch {
    return this.#held ? 'sound' : this.#way;
  }

  #isOff(camera: RemoteTrackPublication | undefined): boolean {
    if (!camera?.track) return false;
    receive(camera, 'camera', this.#asked);
    return camera.isMuted || this.#way === 'sound';
  }

  #without(screen: RemoteTrackPublication): 'off' {
    receive(screen, 'screen', this.#asked);
    return 'off';
  }

  #hear(person: string, publication: RemoteTrackPublication | undefined, sound: HTMLAudioElement): void {
    if (publication?.track && attachOnce(publication.track, sound)) this.#applySound(person, sound);
  }

  #place(
    person: string,
    { panes }: Entry,
    view: View,
    had: Seen['picture' | 'screen'],
    publication: RemoteTrackPublication | undefined,
  ): 'none' | 'coming' | 'shown' | 'held' {
    if (!publication?.track) return 'none';
    receive(publication, view, this.#asked);
    const pane = panes[view];
    if (!pane.video) return 'coming';
    const fresh = attachOnce(publication.track, pane.video);
    if (this.#held || this.#starved.has(keyOf(person, view))) return 'held';
    if (had === 'shown' && !fresh) return 'shown';
    pane.stopFrame();
    pane.stopFrame = onFirstFrame(pane.video, () => this.#shown(person, view));
    // A try for what did not come shows nothing new before it succeeds.
    return had === 'held' ? 'held' : 'coming';
  }

  #shown(person: string, view: View): void {
    const part = view === 'camera' ? ({ picture: 'shown' } as const) : ({ screen: 'shown' } as const);
    this.#faces.change((faces) => {
      const had = faces.get(person) ?? unseen;
      const now = { ...had, ...part };
      return same(had, now) ? faces : new Map(faces).set(person, now);
    });
  }

  #entry(person: string): Entry {
    const known = this.#entries.get(person);
    if (known) return known;
    const pane = (): Pane => ({ video: undefined, stopFrame: () => undefined });
    const entry: Entry = {
      sounds: new Map(soundSources.map((source) => [source, new Audio()])),
      panes: { camera: pane(), screen: pane() },
    };
    this.#entries.set(person, entry);
    return entry;
  }

  #sounds(): HTMLAudioElement[] {
    return [...this.#entries.values()].flatMap(({ sounds }) => [...sounds.values()]);
  }

  #publication(person: string, source: Track.Source): RemoteTrackPublication | undefined {
    for (const participant of this.#room?.remoteParticipants.values() ?? []) {
      if (personOf(participant) !== person) continue;
      const publication = participant.getTrackPublication(source);
      if (publication) return publication;
    }
    return undefined;
  }

  #applySound(person: string, sound: HTMLAudioElement): void {
    sound.muted = this.#own.muted || person === this.#hushed;
    sound.volume = this.#own.volume;
  }
}

const keyOf = (person: string, view: View): string => `${person} ${view}`;

const countOf = (what: 'packetsReceived' | 'framesReceived', report: RTCStatsReport | undefined): number =>
  [...(report?.values() ?? [])]
    .filter(({ type }) => type === 'inbound-rtp')
    .reduce((sum: number, stats) => sum + Number(stats[what] ?? 0), 0);

const same = (a: Seen, b: Seen): boolean =>
  a.picture === b.picture && a.voice === b.voice && a.screen === b.screen && a.speaking === b.speaking;

/** Asks for as much of a picture as is wanted. Letters of a screen need more than a face does. */
function receive(publication: RemoteTrackPublication, view: View, way: WayToWatch): void {
  publication.setEnabled(way !== 'sound');
  const least = view === 'screen' ? VideoQuality.MEDIUM : VideoQuality.LOW;
  publication.setVideoQuality(way === 'automatic' ? VideoQuality.HIGH : least);
}

/** Attaches unless it is already; true when it was new. */
function attachOnce(track: RemoteTrack, element: HTMLMediaElement): boolean {
  if (track.attachedElements.includes(element)) return false;
  track.attach(element);
  return true;
}
