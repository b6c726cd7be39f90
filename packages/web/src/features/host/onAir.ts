import { type FaultCode, faults, type Live, type LiveId, limits, type MediaGrant, Prepared } from '@groupcast/protocol';
import type { Answer, Schema } from '../../api/answer.ts';
import type { Capture } from '../../media/capture.ts';
import { Cell, type Readable } from '../../media/cell.ts';
import type { Way } from '../../media/keepOpen.ts';
import type { Publishing } from '../../media/publishing.ts';
import type { Wire } from '../../realtime/wire.ts';
import type { NewLive } from '../preview/index.ts';

/** What this page's sending has come to. `elsewhere`: the same host goes on from another page. */
export type OnAirState =
  | { readonly state: 'starting' }
  | { readonly state: 'onAir' }
  | { readonly state: 'elsewhere' }
  | { readonly state: 'over' }
  | { readonly state: 'failed'; readonly fault: FaultCode };

/** The part of what sends that this page uses. */
type Sender = Pick<Publishing, 'state' | 'stop' | 'faces' | 'attach'>;

/** What this page needs of the media code, which is loaded late. */
export interface MediaEngine {
  publish(ask: () => Promise<Way>, capture: Capture, published: () => Promise<void>): Sender;
}

/** Answers of commands whose content this page does not need. */
const anything: Schema<unknown> = { safeParse: (data) => ({ success: true, data }) };

/** The media server may need a moment to see the track; after this many tries something is wrong. */
const reports = 20;
const betweenReportsMs = 400;
const startWithinMs = 20_000;

/**
 * One live that is sent from this page: keeps it published, says every two seconds that it is still there, and closes
 * the devices when it stops. Ends with `close()`.
 */
export class OnAir {
  readonly live: LiveId;
  readonly capture: Capture;
  readonly #wire: Wire;
  readonly #load: () => Promise<MediaEngine>;
  readonly #state = new Cell<OnAirState>({ state: 'starting' });
  readonly #publishing = new Cell<Sender | undefined>(undefined);
  #grant: MediaGrant | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #beating = false;
  #closed = false;

  /** `load` brings the media code; tests bring their own. */
  constructor(
    wire: Wire,
    capture: Capture,
    prepared: Prepared,
    load: () => Promise<MediaEngine> = () => import('../../media/engine.ts'),
  ) {
    this.#load = load;
    this.#wire = wire;
    this.capture = capture;
    this.live = prepared.live.id;
    this.#grant = prepared.media;
  }

  get state(): Readable<OnAirState> {
    return this.#state;
  }

  get publishing(): Readable<Sender | undefined> {
    return this.#publishing;
  }

  /** Publishes and reports. Resolves when the live is on air, or with what stands in the way. */
  async start(): Promise<FaultCode | undefined> {
    this.#beat = setInterval(() => void this.#sendBeat(), limits.hostBeatMs);
    const settled = this.#settled();
    const { publish } = await this.#load();
    if (this.#closed) return 'liveOver';
    this.#publishing.set(
      publish(
        () => this.#ask(),
        this.capture,
        () => this.#report(),
      ),
    );
    return settled;
  }

  /** Ends the live for everybody. */
  async end(): Promise<FaultCode | undefined> {
    const fault = await endLive(this.#wire, this.live);
    if (!fault) this.over();
    return fault;
  }

  /** The live is over, wherever that was decided: nothing is sent any more, and the devices are closed. */
  over(): void {
    this.#state.set({ state: 'over' });
    this.close();
  }

  close(): void {
    this.abandon();
    this.capture.close();
  }

  /** Stops sending and leaves the devices open: a start that failed may be tried again with them. */
  abandon(): void {
    this.#closed = true;
    clearInterval(this.#beat);
    this.#publishing.get()?.stop();
  }

  /** The way into the media room: first the one that came with preparing, later by returning into the same live. */
  async #ask(): Promise<Way> {
    const grant = this.#grant;
    this.#grant = undefined;
    if (grant) return { state: 'open', path: grant.path, token: grant.token };
    if (this.#closed) return { state: 'closed' };
    const answer = await this.#wire.send({ type: 'live.return', live: this.live, takeOver: false }, Prepared);
    if ('ok' in answer) return { state: 'open', path: answer.ok.media.path, token: answer.ok.media.token };
    if (answer.fault === 'hostElsewhere') return this.#stop({ state: 'elsewhere' });
    if (answer.fault === 'liveOver' || answer.fault === 'notFound') return this.#stop({ state: 'over' });
    return { state: 'later' };
  }

  #stop(state: OnAirState): Way {
    this.#state.set(state);
    this.close();
    return { state: 'closed' };
  }

  async #report(): Promise<void> {
    for (let tries = 0; tries < reports && !this.#closed; tries += 1) {
      const answer = await this.#wire.send({ type: 'live.onAir', live: this.live }, anything);
      if ('ok' in answer) return this.#state.set({ state: 'onAir' });
      if (!faults[answer.fault].retry) return this.#state.set({ state: 'failed', fault: answer.fault });
      await new Promise((resolve) => setTimeout(resolve, betweenReportsMs));
    }
    if (!this.#closed) this.#state.set({ state: 'failed', fault: 'noMedia' });
  }

  #settled(): Promise<FaultCode | undefined> {
    return new Promise((resolve) => {
      const finish = (fault: FaultCode | undefined) => {
        clearTimeout(timer);
        stop();
        resolve(fault);
      };
      const timer = setTimeout(() => finish('noMedia'), startWithinMs);
      const stop = this.#state.subscribe(() => {
        const now = this.#state.get();
        if (now.state === 'onAir') finish(undefined);
        if (now.state === 'failed') finish(now.fault);
        if (now.state === 'elsewhere') finish('hostElsewhere');
        if (now.state === 'over') finish('liveOver');
      });
    });
  }

  async #sendBeat(): Promise<void> {
    if (this.#beating || this.#state.get().state !== 'onAir') return;
    this.#beating = true;
    await this.#wire.send({ type: 'live.beat', live: this.live }, anything);
    this.#beating = false;
  }
}

/** Ends an own live; a live that is over already counts as ended. */
export async function endLive(wire: Wire, live: LiveId): Promise<FaultCode | undefined> {
  const answer = await wire.send({ type: 'live.end', live }, anything);
  return 'ok' in answer || answer.fault === 'liveOver' ? undefined : answer.fault;
}

/** Takes a place, publishes, and goes on air. A refusal leaves the devices open, so that nothing has to be set up again. */
export async function goLive(wire: Wire, capture: Capture, wanted: NewLive): Promise<Answer<OnAir>> {
  const answer = await wire.send({ type: 'live.prepare', ...wanted }, Prepared);
  if ('fault' in answer) return answer;
  return launch(wire, capture, answer.ok, async (onAir) => {
    await wire.send({ type: 'live.cancel', live: onAir.live }, anything);
  });
}

/** Comes back into an own live from this page. `takeOver` lets go of another page that is on air. */
export async function comeBack(wire: Wire, capture: Capture, live: Live, takeOver: boolean): Promise<Answer<OnAir>> {
  const answer = await wire.send({ type: 'live.return', live: live.id, takeOver }, Prepared);
  if ('fault' in answer) return answer;
  return launch(wire, capture, answer.ok, async () => undefined);
}

async function launch(
  wire: Wire,
  capture: Capture,
  prepared: Prepared,
  undo: (onAir: OnAir) => Promise<void>,
): Promise<Answer<OnAir>> {
  const onAir = new OnAir(wire, capture, prepared);
  const fault = await onAir.start();
  if (!fault) return { ok: onAir };
  onAir.abandon();
  await undo(onAir);
  return { fault };
}
