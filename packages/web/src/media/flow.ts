/** How often it is looked, and how long nothing may come: even silence has a packet every 400 ms. Together well under the two seconds after which one is told. */
const lookMs = 250;
const silentMs = 1_100;

export interface FlowPorts {
  /** Packets that have come of everything that should be coming; undefined when nothing should. */
  received(): Promise<number | undefined>;
  changed(stalled: boolean): void;
  /** Milliseconds that only go forward. */
  clock(): number;
}

/**
 * Whether picture or sound really arrive. A sender whose line is dead says nothing any more, and the media server finds
 * out late; that no packet comes is known at once. Returns the stop.
 */
export function watchFlow({ received, changed, clock }: FlowPorts): () => void {
  let last: number | undefined;
  let cameAt = clock();
  let stalled = false;
  const tell = (now: boolean) => {
    if (now !== stalled) changed(now);
    stalled = now;
  };
  const look = async () => {
    const count = await received();
    if (count === undefined || count !== last) cameAt = clock();
    last = count;
    tell(clock() - cameAt >= silentMs);
  };
  const timer = setInterval(() => void look().catch(() => undefined), lookMs);
  return () => clearInterval(timer);
}
