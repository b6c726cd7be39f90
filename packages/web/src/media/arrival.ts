/** Counters of one received picture at one moment, as `getStats` has them. */
export interface ArrivalCount {
  /** Milliseconds. */
  readonly at: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
  readonly frames: number;
  /** Seconds that all emitted frames have waited and were decoded, together. */
  readonly waited: number;
  readonly emitted: number;
  readonly decoded: number;
  readonly height: number;
  /** Of the line to the media server, in seconds. */
  readonly roundTrip: number;
}

/** How a picture arrives. */
export interface Arrival {
  /** From the media server to this screen, in milliseconds: half the round trip, the buffer, and decoding. What the host's own line adds is not in it. */
  readonly delayMs: number;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly kilobitsPerSecond: number;
  /** Of a hundred packets. */
  readonly lostPercent: number;
}

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** What happened between two counts; null when no time or no frame passed. */
export function arrivalBetween(before: ArrivalCount, after: ArrivalCount): Arrival | null {
  const ms = after.at - before.at;
  const emitted = after.emitted - before.emitted;
  if (ms <= 0 || emitted <= 0) return null;
  const lost = Math.max(0, after.lost - before.lost);
  const waitedMs = share(after.waited - before.waited, emitted) * 1_000;
  const decodedMs = share(after.decoded - before.decoded, after.frames - before.frames) * 1_000;
  return {
    delayMs: Math.round((after.roundTrip * 1_000) / 2 + waitedMs + decodedMs),
    height: after.height,
    framesPerSecond: Math.round(((after.frames - before.frames) * 1_000) / ms),
    kilobitsPerSecond: Math.round(((after.bytes - before.bytes) * 8) / ms),
    lostPercent: Math.round(share(lost, lost + after.packets - before.packets) * 1_000) / 10,
  };
}

type Report = Iterable<readonly [string, Record<string, unknown>]>;

/** Reads the count out of a receiver's report; null when no picture is in it. */
export function countIn(report: Report): ArrivalCount | null {
  const entries = [...report].map(([, entry]) => entry);
  const picture = entries.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
  if (!picture) return null;
  const pair = entries.find(
    ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
  );
  const number = (of: Record<string, unknown> | undefined, name: string) => Number(of?.[name] ?? 0);
  return {
    at: number(picture, 'timestamp'),
    bytes: number(picture, 'bytesReceived'),
    packets: number(picture, 'packetsReceived'),
    lost: number(picture, 'packetsLost'),
    frames: number(picture, 'framesDecoded'),
    waited: number(picture, 'jitterBufferDelay'),
    emitted: number(picture, 'jitterBufferEmittedCount'),
    decoded: number(picture, 'totalDecodeTime'),
    height: number(picture, 'frameHeight'),
    roundTrip: number(pair, 'currentRoundTripTime'),
  };
}
