import { type Room, RoomEvent } from 'livekit-client';
import type { Capture } from './capture.ts';
import { Cast, type View } from './cast.ts';
import { Cell, type Readable } from './cell.ts';
import type { Way } from './keepOpen.ts';
import { qualityOf } from './lineQuality.ts';
import { MediaLine, type MediaLineState } from './mediaLine.ts';
import { keptSound } from './ownSound.ts';
import type { LineQuality } from './poor.ts';
import type { Faces } from './seen.ts';
import { Sending } from './sending.ts';

export interface PublishState {
  readonly line: MediaLineState;
  /** At least one track is with the media server. */
  readonly published: boolean;
  readonly quality: LineQuality;
}

/** Sends what the page's Capture has into one media room, and shows the host who else is on stage. */
export class Publishing {
  readonly #cell = new Cell<PublishState>({ line: 'connecting', published: false, quality: 'good' });
  readonly #line: MediaLine;
  readonly #sending: Sending;
  readonly #cast = new Cast({ ...keptSound(sessionStorage), muted: false });
  readonly #letGo: () => void;

  /** `published` is called after every connect, when the tracks are with the media server. */
  constructor(ask: () => Promise<Way>, capture: Capture, published: () => Promise<void>) {
    this.#line = new MediaLine(
      ask,
      (room) => this.#bind(room),
      async (room) => {
        this.#cast.look(room);
        await this.#sending.agree(room);
        this.#put({ published: room.localParticipant.trackPublications.size > 0 });
        await published();
      },
    );
    this.#sending = new Sending(capture, () => (this.#line.state.get() === 'open' ? this.#line.room : undefined));
    this.#letGo = this.#line.state.subscribe(() => this.#put({ line: this.#line.state.get() }));
  }

  get state(): Readable<PublishState> {
    return this.#cell;
  }

  /** The guests. */
  get faces(): Readable<Faces> {
    return this.#cast.faces;
  }

  /** Shows a guest's picture or screen in this element from now on. Returns the detaching. */
  attach(person: string, video: HTMLVideoElement, view: View): () => void {
    return this.#cast.attach(person, video, view);
  }

  /** Leaves the room. The devices stay as they are: they belong to the Capture. */
  stop(): void {
    this.#letGo();
    this.#sending.stop();
    this.#line.close();
    this.#cast.stop();
    this.#put({ line: 'closed', published: false });
  }

  #bind(room: Room): void {
    this.#cast.bind(room);
    room.on(RoomEvent.ConnectionQualityChanged, (quality, who) => {
      if (who === room.localParticipant) this.#put({ quality: qualityOf(quality) });
    });
    room.on(RoomEvent.Disconnected, () => this.#put({ published: false }));
  }

  #put(part: Partial<PublishState>): void {
    this.#cell.change((state) => ({ ...state, ...part }));
  }
}
