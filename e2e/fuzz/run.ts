import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, type Product, running, startProduct } from '../tools/product.ts';
import { heapOf } from './heap.ts';
import { frameLane, requestLane, type Track, turns } from './lanes.ts';
import { troubleIn } from './log.ts';
import { Rests, type Rhythm } from './rests.ts';
import { Findings, judge, type Measured } from './verdict.ts';
import { seatWitness, type Witness } from './witness.ts';
import { createWorld, type World } from './world.ts';

export interface Plan {
  readonly seed: number;
  readonly frames: number;
  readonly requests: number;
  /** Frames a second; requests come at the pace that ends them together. Slow enough that mere volume hurts nobody. */
  readonly pace: number;
  readonly rhythm: Rhythm;
  readonly say: (line: string) => void;
}

/**
 * Code is compiled and bounded memories fill with the first of everything; only then is the heap what it will be again.
 * Of the 4.8 MB that came after the first 3,000 frames of a whole run, 3.1 were code that V8 went on compiling and 0.6
 * the limits' five thousand newest addresses; so a tenth of a run comes before the first measuring.
 */
const warmed = (planned: number, least: number): number => Math.min(planned, Math.max(least, planned / 10));
/** So many are on their way at most: what is asked is what one of them does, not how many a small machine bears. */
const lanes = { frames: 16, requests: 4 } as const;
/** A rehearsal's people wear out; also, what they leave behind is to be taken away now and then. */
const framesPerEra = 40_000;
const tellMs = 5_000;

/** Sends broken frames and requests to the real product, and watches it and another viewer. SPEC W13. */
export async function fuzz(plan: Plan): Promise<{ readonly findings: Findings; readonly measured: Measured | null }> {
  const { product, world, heap } = await setUp();
  const findings = new Findings();
  const witness = await seatWitness(world.origin, world.stage);
  try {
    const measured = await measure(plan, { product, world, heap, findings, witness }).catch((error: unknown) => {
      findings.fail({ why: 'the run came to no end', by: null, shown: String(error) });
      return null;
    });
    if (measured) judge(findings, measured);
    for (const why of witness.wrong) findings.fail({ why: `the other viewer: ${why}`, by: null, shown: '' });
    for (const trouble of troubleIn(product.said())) findings.fail({ why: 'in the log', by: null, shown: trouble });
    return { findings, measured };
  } finally {
    await witness.close();
    await product.stop();
  }
}

export interface Scene {
  readonly product: Product;
  readonly world: World;
  /** Bytes of the server's heap in use. */
  heap(): Promise<number>;
}

/** The product as it is installed, with its people on the stage. */
export async function setUp(): Promise<Scene> {
  const [operatorKey, inspector] = [randomBytes(32).toString('hex'), await freePort()];
  const product = await startProduct({
    OPERATOR_KEY: operatorKey,
    OPEN_SIGN_UP: 'yes',
    TRUSTED_PROXIES: '127.0.0.1',
    NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspector}`,
  });
  const { serverPid } = await running(product);
  return { product, world: await createWorld(product.url, operatorKey), heap: () => heapOf(serverPid, inspector) };
}

type Whole = Scene & { readonly findings: Findings; readonly witness: Witness };

async function measure(plan: Plan, whole: Whole): Promise<Measured | null> {
  const { product, world, heap, witness } = whole;
  const { serverPid } = await running(product);
  const warm = { frames: warmed(plan.frames, 3_000), requests: warmed(plan.requests, 600) };
  const rests = new Rests(witness, plan.rhythm);
  await send(plan, whole, serverPid, { frames: [0, warm.frames], requests: [0, warm.requests] });
  await world.renew();
  await delay(1_000);
  const heapBefore = await heap();
  const spans: Spans = { frames: [warm.frames, plan.frames], requests: [warm.requests, plan.requests] };
  await send(plan, whole, serverPid, spans, rests);
  if (!(await isAlive(product, serverPid))) return null;
  await world.renew();
  await delay(1_000);
  return { heapBefore, heapAfter: await heap(), before: rests.without, during: rests.with };
}

interface Spans {
  readonly frames: readonly [from: number, to: number];
  readonly requests: readonly [from: number, to: number];
}

async function send(
  plan: Plan,
  { product, world, findings }: Whole,
  pid: number,
  spans: Spans,
  rests?: Rests,
): Promise<void> {
  let over = false;
  const track: Track = {
    seed: plan.seed,
    world,
    findings,
    underWay: new Map(),
    turn: async () => rests?.turn(),
    ended: () => over,
  };
  const frames = turns(...spans.frames, plan.pace);
  const perSecond = (plan.pace * Math.max(1, plan.requests)) / Math.max(1, plan.frames);
  const requests = turns(...spans.requests, perSecond);
  const done = new AbortController();
  const watching = watch(done.signal, async () => {
    if (over || (await isAlive(product, pid))) return;
    over = true;
    for (const [by, shown] of track.underWay) findings.fail({ why: 'the server died, perhaps of this', by, shown });
  });
  const resting = rests?.keep(done.signal);
  const renewing = keepFresh(done.signal, world, plan.pace);
  const telling = tell(done.signal, plan, findings);
  const sending = Promise.all([
    ...Array.from({ length: lanes.frames }, () => frameLane(track, frames)),
    ...Array.from({ length: lanes.requests }, () => requestLane(track, requests)),
  ]);
  try {
    await Promise.race([sending, Promise.all([watching, renewing, telling, resting])]);
  } finally {
    over = true;
    done.abort();
  }
  await Promise.all([watching, renewing, telling, resting]);
}

async function isAlive(product: Product, pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return (await running(product)).serverPid === pid;
  } catch {
    return false;
  }
}

/** Says now and then how far it is. */
const tell = (until: AbortSignal, { say }: Plan, findings: Findings): Promise<void> =>
  watch(
    until,
    async () =>
      say(`${findings.sum('frame')} frames, ${findings.sum('request')} requests, ${findings.failures.length} failures`),
    tellMs,
  );

async function watch(until: AbortSignal, look: () => Promise<void>, everyMs = 200): Promise<void> {
  while (!until.aborted) {
    await look();
    await delay(everyMs, undefined, { signal: until }).catch(() => undefined);
  }
}

async function keepFresh(until: AbortSignal, world: World, pace: number): Promise<void> {
  let since = performance.now();
  await watch(until, async () => {
    if (!world.isWorn() && performance.now() - since < (framesPerEra * 1_000) / pace) return;
    await world.renew();
    since = performance.now();
  });
}
