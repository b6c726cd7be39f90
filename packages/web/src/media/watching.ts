import { type Room, RoomEvent } from 'livekit-client';
import { type ArrivalCount, countIn } from './arrival.ts';
import type { Capture } from './capture.ts';
import { Cast, type View } from './cast.ts';
import { Cell, type Readable } from './cell.ts';
import { watchFlow } from './flow.ts';
import { Holding } from './holding.ts';
import type { Way } from './keepOpen.ts';
import { qualityOf } from './lineQuality.ts';
import { MediaLine } from './mediaLine.ts';
import { keepSound, keptSound, type OwnSound } from './ownSound.ts';
import { type LineQuality, poorBy, Steady } from './poor.ts';
import type { Faces } from './seen.ts';
import { Sending } from './sending.ts';
import { Starved } from './starved.ts';
import { unwatched, type WatchState } from './watchState.ts';
import { keepWay, keptWay, savesData, type WayToWatch } from './wayToWatch.ts';

const judgeMs = 500;
const countMs = 1_000;

/** One viewer's pictures and sounds of one live; and, once on stage, what the viewer sends into it. */
export class Watching {
  readonly #cell: Cell<WatchState>;
  readonly #cast: Cast;
  readonly #line: MediaLine;
  readonly #letGo: () => void;
  readonly #stopFlow: () => void;
  readonly #lines: { own: LineQuality; host: LineQuality } = { own: 'good', host: 'good' };
  readonly #steady = new Steady();
  readonly #stopJudging: () => void;
  readonly #starved = new Starved();
  readonly #holding = new Holding();
  #host: string | undefined;
  #sending: Sending | undefined;

  constructor(ask: () => Promise<Way>) {
    const own = keptSound(sessionStorage);
    const way = keptWay(localStorage, savesData());
    this.#cell = new Cell<WatchState>({ ...unwatched, ...own, way });
    this.#cast = new Cast(own);
    this.#cast.setWay(way);
    this.#line = new MediaLine(
      ask,
      (room) => this.#bind(room),
      async (room) => {
        this.#cast.look(room);
        await this.#sending?.agree(room);
      },
    );
    this.#stopFlow = watchFlow({
      received: async () => (this.#host === undefined ? undefined : this.#cast.received(this.#host)),
      changed: (stalled) => this.#put({ stalled }),
      clock: () => performance.now(),
    });
    const timer = setInterval(() => this.#judge(), judgeMs);
    const counting = setInterval(() => void this.#count().catch(() => undefined), countMs);
    this.#stopJudging = () => {
      clearInterval(timer);
      clearInterval(counting);
    };
    this.#letGo = this.#line.state.subscribe(() => this.#put({ line: this.#line.state.get() }));
  }

  get state(): Readable<WatchState> {
    return this.#cell;
  }

  get faces(): Readable<Faces> {
    return this.#cast.faces;
  }

  /** Shows the host's picture in this element from now on. Returns the detaching. */
  attachHost(host: string, video: HTMLVideoElement): () => void {
    this.#host = host;
    return this.#cast.attach(host, video);
  }

  /** The same for a guest's, or for anybody's screen. */
  attach(person: string, video: HTMLVideoElement, view: View): () => void {
    return this.#cast.attach(person, video, view);
  }

  /** This person is not heard on this page: what they say is the page's own. */
  hush(person: string): void {
    this.#cast.hush(person);
  }

  /** Sends what this has, as far as the media server lets it, until the function that it returns is called. */
  send(capture: Capture): () => void {
    const sending = new Sending(capture, () => (this.#line.state.get() === 'open' ? this.#line.room : undefined));
    this.#sending = sending;
    return () => {
      sending.stop();
      if (this.#sending === sending) this.#sending = undefined;
    };
  }

  /** To be called in a gesture of the person: makes sound where the browser asked for one. */
  async startSound(): Promise<void> {
    await this.#line.room?.startAudio().catch(() => undefined);
    await this.#cast.play();
    this.#put({ soundBlocked: this.#line.room?.canPlaybackAudio === false });
  }

  setVolume(volume: number): void {
    this.#hear({ muted: volume === 0, volume });
  }

  setMuted(muted: boolean): void {
    this.#hear({ muted, volume: this.#cell.get().volume || 1 });
  }

  setWay(way: WayToWatch): void {
    keepWay(localStorage, way);
    this.#cast.setWay(way);
    this.#put({ way });
  }

  /** Counts of how the host's picture arrives, to be compared with later ones; null while there is none. */
  async arriving(): Promise<ArrivalCount | null> {
    const report = this.#host === undefined ? undefined : await this.#cast.report(this.#host);
    return report ? countIn(report) : null;
  }

  #judge(): void {
    const { own, host } = this.#lines;
    const heldBack = this.#host !== undefined && this.#cast.isHeldBack(this.#host);
    this.#put({ poor: this.#steady.look(performance.now(), poorBy(own, host, heldBack)) });
  }

  async #count(): Promise<void> {
    // A line that is down brings nothing at all, which is said in other words.
    const pictures = this.#line.state.get() === 'open' ? await this.#cast.pictures() : new Map();
    const now = performance.now();
    const starved = this.#starved.look(now, pictures);
    this.#cast.setStarved(starved, this.#holding.look(now, this.#lines.own, starved.size > 0));
  }

  #hear(own: OwnSound): void {
    this.#put(own);
    this.#cast.setSound(own);
    keepSound(sessionStorage, own);
  }

  stop(): void {
    this.#stopFlow();
    this.#stopJudging();
    this.#letGo();
    this.#sending?.stop();
    this.#line.close();
    this.#cast.stop();
    this.#put({ line: 'closed' });
  }

  #bind(room: Room): void {
    this.#cast.bind(room);
    // What was said of the lines before belongs to a room that is over.
    this.#lines.own = 'good';
    this.#lines.host = 'good';
    room
      .on(RoomEvent.AudioPlaybackStatusChanged, () => this.#put({ soundBlocked: !room.canPlaybackAudio }))
      .on(RoomEvent.ConnectionQualityChanged, (quality, who) => {
        if (who === room.localParticipant) this.#lines.own = qualityOf(quality);
        else if (who.identity.split(':', 1)[0] === this.#host) this.#lines.host = qualityOf(quality);
      })
      .on(RoomEvent.ParticipantPermissionsChanged, (_before, who) => {
        if (who === room.localParticipant) void this.#sending?.agree(room);
      });
  }

  #put(part: Partial<WatchState>): void {
    this.#cell.change((state) => ({ ...state, ...part }));
  }
}
