import {
  type Participant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  Track,
} from 'livekit-client';
import { Cell, type Readable } from './cell.ts';
import { onFirstFrame } from './frames.ts';
import type { OwnSound } from './ownSound.ts';
import { type Faces, type Seen, unseen } from './seen.ts';

/** One person's elements on this page. */
interface Entry {
  readonly sound: HTMLAudioElement;
  video: HTMLVideoElement | undefined;
  stopFrame: () => void;
}

/** The person behind a participant: a page's identity is `person:page`. */
const personOf = ({ identity }: Participant): string => identity.split(':', 1)[0] ?? '';

/** Pictures and sounds of everybody else in a media room, each person's apart. */
export class Cast {
  readonly #faces = new Cell<Faces>(new Map());
  readonly #entries = new Map<string, Entry>();
  #own: OwnSound;
  #room: Room | undefined;

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

  /** Shows a person's picture in this element from now on. Returns the detaching. */
  attach(person: string, video: HTMLVideoElement): () => void {
    const entry = this.#entry(person);
    entry.video = video;
    this.look();
    return () => {
      if (entry.video !== video) return;
      entry.stopFrame();
      this.#publication(person, Track.Source.Camera)?.track?.detach(video);
      entry.video = undefined;
      this.look();
    };
  }

  /** livekit-client turns an element's sound on with each track that it attaches, so this is applied after each, too. */
  setSound(own: OwnSound): void {
    this.#own = own;
    for (const { sound } of this.#entries.values()) this.#applySound(sound);
  }

  /** Packets of what this person sends, and is neither muted nor, because nobody looks at it, paused. */
  async received(person: string): Promise<number | undefined> {
    const sent = [Track.Source.Camera, Track.Source.Microphone].map((source) => this.#publication(person, source));
    const tracks = sent.flatMap((one) => (one?.track && !one.isMuted && one.isEnabled ? [one.track] : []));
    if (tracks.length === 0) return undefined;
    const reports = await Promise.all(tracks.map((track) => track.getRTCStatsReport()));
    return reports
      .flatMap((report) => [...(report?.values() ?? [])])
      .filter(({ type }) => type === 'inbound-rtp')
      .reduce((sum: number, { packetsReceived }) => sum + Number(packetsReceived ?? 0), 0);
  }

  async play(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ video }) => video?.play().catch(() => undefined)));
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
      if (!there.has(person)) entry.sound.srcObject = null;
    }
    if (now.size !== before.size || [...now].some(([person, seen]) => before.get(person) !== seen))
      this.#faces.set(now);
  }

  stop(): void {
    for (const { sound, stopFrame } of this.#entries.values()) {
      stopFrame();
      sound.srcObject = null;
    }
    this.#entries.clear();
  }

  #see(person: string, entry: Entry, had: Seen, speaking: boolean): Seen {
    const camera = this.#publication(person, Track.Source.Camera);
    const microphone = this.#publication(person, Track.Source.Microphone);
    if (microphone?.track && attachOnce(microphone.track, entry.sound)) this.#applySound(entry.sound);
    // A publication stands in the room's list for a moment after its track has gone.
    const voice = !microphone?.track ? 'none' : microphone.isMuted ? 'off' : 'on';
    return { picture: this.#picture(person, entry, had, camera), voice, speaking };
  }

  #picture(person: string, entry: Entry, had: Seen, camera: RemoteTrackPublication | undefined): Seen['picture'] {
    if (!camera?.track) return 'none';
    if (camera.isMuted) return 'off';
    if (!entry.video) return 'coming';
    const fresh = attachOnce(camera.track, entry.video);
    if (had.picture === 'shown' && !fresh) return 'shown';
    entry.stopFrame();
    entry.stopFrame = onFirstFrame(entry.video, () => this.#shown(person));
    return 'coming';
  }

  #shown(person: string): void {
    this.#faces.change((faces) => {
      const had = faces.get(person) ?? unseen;
      return had.picture === 'shown' ? faces : new Map(faces).set(person, { ...had, picture: 'shown' });
    });
  }

  #entry(person: string): Entry {
    const known = this.#entries.get(person);
    if (known) return known;
    const entry: Entry = { sound: new Audio(), video: undefined, stopFrame: () => undefined };
    this.#entries.set(person, entry);
    return entry;
  }

  #publication(person: string, source: Track.Source): RemoteTrackPublication | undefined {
    for (const participant of this.#room?.remoteParticipants.values() ?? []) {
      if (personOf(participant) !== person) continue;
      const publication = participant.getTrackPublication(source);
      if (publication) return publication;
    }
    return undefined;
  }

  #applySound(sound: HTMLAudioElement): void {
    sound.muted = this.#own.muted;
    sound.volume = this.#own.volume;
  }
}

const same = (a: Seen, b: Seen): boolean => a.picture === b.picture && a.voice === b.voice && a.speaking === b.speaking;

/** Attaches unless it is already; true when it was new. */
function attachOnce(track: RemoteTrack, element: HTMLMediaElement): boolean {
  if (track.attachedElements.includes(element)) return false;
  track.attach(element);
  return true;
}
