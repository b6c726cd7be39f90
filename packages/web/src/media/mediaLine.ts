import { Room, RoomEvent, type RoomOptions } from 'livekit-client';
import { Cell, type Readable } from './cell.ts';
import { keepOpen, type Way } from './keepOpen.ts';

export type MediaLineState = 'connecting' | 'open' | 'mending' | 'closed';

/**
 * How long `livekit-client` mends a line by itself. Our own process may be away for five seconds while the picture goes
 * on, so giving up earlier would cut it; much later nothing is gained, because the way is then asked for anew.
 */
const mendMs = 15_000;
const mendDelays = [0, 300, 500, 1_000] as const;

const roomOptions: RoomOptions = {
  adaptiveStream: true,
  dynacast: true,
  // Tracks belong to the page's Capture; a line that breaks must not close a camera.
  stopLocalTrackOnUnpublish: false,
  reconnectPolicy: {
    nextRetryDelayInMs: ({ retryCount, elapsedMs }) =>
      elapsedMs > mendMs ? null : (mendDelays[retryCount] ?? 1_000) + Math.random() * 200,
  },
  publishDefaults: { videoCodec: 'vp8', simulcast: true, backupCodec: false, red: true, dtx: true },
};

/** Signalling speaks on our own origin, whatever page it is. */
const addressOf = (path: string, origin: string): string => {
  const url = new URL(path, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};

/**
 * Keeps one page in one media room for as long as there is a way in. A line that `livekit-client` gives up, for whatever
 * reason, is opened anew with a new grant.
 */
export class MediaLine {
  readonly #state = new Cell<MediaLineState>('connecting');
  readonly #ask: () => Promise<Way>;
  readonly #prepare: (room: Room) => void;
  readonly #opened: (room: Room) => Promise<void>;
  readonly #stop = new AbortController();
  #room: Room | undefined;

  /** `prepare` binds listeners before the room connects; `opened` runs after each connect. */
  constructor(ask: () => Promise<Way>, prepare: (room: Room) => void, opened: (room: Room) => Promise<void>) {
    this.#ask = ask;
    this.#prepare = prepare;
    this.#opened = opened;
    void this.#run();
  }

  get state(): Readable<MediaLineState> {
    return this.#state;
  }

  get room(): Room | undefined {
    return this.#room;
  }

  close(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    void this.#room?.disconnect(false);
    this.#state.set('closed');
  }

  async #run(): Promise<void> {
    await keepOpen({
      ask: this.#ask,
      stay: (way) => this.#stay(way),
      mending: () => this.#state.set('mending'),
      pause: (ms) => this.#pause(ms),
      stopped: () => this.#stop.signal.aborted,
    });
    this.close();
  }

  /** Connects and stays until the room is left for good; false when it never opened. */
  async #stay(way: Extract<Way, { state: 'open' }>): Promise<boolean> {
    const room = new Room(roomOptions);
    const gone = new Promise<void>((resolve) => room.once(RoomEvent.Disconnected, () => resolve()));
    room.on(RoomEvent.Reconnecting, () => this.#state.set('mending'));
    room.on(RoomEvent.Reconnected, () => this.#state.set('open'));
    this.#prepare(room);
    this.#room = room;
    try {
      await room.connect(addressOf(way.path, location.origin), way.token);
      if (this.#stop.signal.aborted) return true;
      this.#state.set('open');
      await this.#opened(room);
    } catch {
      // Refused or unreachable: the way is asked for anew, and the server says whether there still is one.
      await room.disconnect(false);
      return false;
    } finally {
      if (this.#stop.signal.aborted) await room.disconnect(false);
    }
    await gone;
    return true;
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms * (0.75 + Math.random() / 2));
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
