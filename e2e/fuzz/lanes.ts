import { setTimeout as delay } from 'node:timers/promises';
import { closeCodes, faults, isFaultCode } from '@groupcast/protocol';
import { askFor, complaintAbout, isForNow } from './asking.ts';
import { type Dice, diceAt } from './dice.ts';
import { type FuzzFrame, frameAt } from './frames.ts';
import { Line, type Outcome } from './line.ts';
import { requestAt } from './requests.ts';
import type { Findings } from './verdict.ts';
import type { World } from './world.ts';

/** What all lanes of a run share. */
export interface Track {
  readonly seed: number;
  readonly world: World;
  readonly findings: Findings;
  /** What is sent and not yet answered, for when the server dies of it. */
  readonly underWay: Map<string, string>;
  /** Resolves when it may be sent. */
  turn(): Promise<void>;
  /** Set when it makes no sense to go on. */
  ended(): boolean;
}

/** The next index, when its time has come; null: that was all. */
export type Turns = () => Promise<number | null>;

/** Nobody hurries after what was held up longer than this: a rest would end in a burst. */
const latestMs = 100;

/** Gives indexes out evenly over time: as many a second, however many ask. */
export function turns(from: number, to: number, perSecond: number): Turns {
  let since = performance.now();
  let next = from;
  return async () => {
    if (next >= to) return null;
    const index = next;
    next += 1;
    const early = since + ((index - from) * 1_000) / perSecond - performance.now();
    if (early < -latestMs) since -= early;
    if (early > 1) await delay(early);
    return index;
  };
}

/** A socket takes sixty commands at once; some of those are for entering channels. */
const framesPerSocket = 45;

/** Sends frames one after the other, each when the last is answered, on one socket after the other. */
export async function frameLane(track: Track, next: Turns): Promise<void> {
  let line: Line | null = null;
  let left = 0;
  for (let index = await next(); index !== null && !track.ended(); index = await next()) {
    await track.turn();
    const frame = frameAt(track.seed, index, track.world.known());
    const dice = diceAt(track.seed, 'lane', index);
    if (frame.kind !== 'command') {
      await alone(track, frame, index, dice);
      continue;
    }
    if (!line || line.closed || left === 0) {
      line?.close();
      line = await greeted(track, dice, left === 0);
      left = framesPerSocket;
    }
    left -= 1;
    if (line) await sendOne(track, line, frame, index);
  }
  line?.close();
}

/** On a socket of its own; a first command comes before any `hello`. */
async function alone(track: Track, frame: FuzzFrame, index: number, dice: Dice): Promise<void> {
  const line = frame.kind === 'first' ? await opened(track, dice) : await greeted(track, dice, false);
  if (!line) return;
  await sendOne(track, line, frame, index);
  line.close();
}

async function sendOne({ findings, underWay }: Track, line: Line, frame: FuzzFrame, index: number): Promise<void> {
  const by = `frame ${index}`;
  underWay.set(by, frame.shown);
  const { expected } = frame;
  const id = typeof expected === 'object' ? expected.answer : 'any';
  const outcome = await heard(line, frame, id);
  const why = faultOf(frame, outcome);
  if (why) findings.fail({ why, by, shown: frame.shown });
  findings.count(`frame: ${frame.kind} ${wordFor(outcome)}`);
  underWay.delete(by);
}

/** Nothing is owed to what may be ignored, so it is not waited for long. */
function heard(line: Line, { bytes, expected, halfClose }: FuzzFrame, id: number | 'any'): Promise<Outcome> {
  const outcome = line.send(bytes, expected === 'close' ? 'none' : id, expected === 'anything' ? 30 : undefined);
  if (halfClose) line.halfClose();
  return outcome;
}

function faultOf({ expected }: FuzzFrame, outcome: Outcome): string | null {
  switch (outcome.what) {
    case 'answered':
      if (expected === 'close') return 'answered where the socket had to be closed';
      if (outcome.answer.fault === undefined) return null;
      if (outcome.answer.fault === 'internal') return `internal, incident ${outcome.answer.incident}`;
      return isFaultCode(outcome.answer.fault) ? null : `unknown fault ${outcome.answer.fault}`;
    case 'closed':
      return typeof expected !== 'object' || outcome.code === closeCodes.signedOut
        ? null
        : `closed with ${outcome.code}`;
    case 'silent':
      return expected === 'anything' ? null : 'neither answered nor closed';
  }
}

function wordFor(outcome: Outcome): string {
  if (outcome.what === 'answered') return `answered ${outcome.answer.fault ?? 'ok'}`;
  return outcome.what === 'closed' ? `closed with ${outcome.code}` : 'passed over';
}

async function opened({ world, findings }: Track, dice: Dice): Promise<Line | null> {
  const person = world.somebody(dice);
  const address = `10.2.${dice.below(256)}.${dice.below(256)}`;
  const line = await Line.open({ origin: world.origin, cookie: person.cookie, address });
  if (typeof line !== 'number') return line;
  if (line === 401) world.bury(person);
  findings.count(`sockets refused with ${line}`);
  if ((line >= 500 && line !== faults.unavailable.status) || line === 0)
    findings.fail({ why: `a socket was refused with ${line}`, by: null, shown: '' });
  return null;
}

/** A socket after its `hello`, in channels or not. */
async function greeted(track: Track, dice: Dice, joins: boolean): Promise<Line | null> {
  const line = await opened(track, dice);
  if (!line) return null;
  const known = track.world.known();
  await line.command({ id: 1, type: 'hello', versions: [1], page: dice.pick(known['page'] ?? [dice.uuid()]) });
  const channels =
    joins && dice.chance(0.6) ? ['me', `group:${known['group']?.[0]}`, `live:${dice.pick(known['live'] ?? [])}`] : [];
  for (const channel of channels) await line.command({ id: 2, type: 'channel.join', channel });
  return line;
}

/** Sends requests, each when the last is answered. */
export async function requestLane(track: Track, next: Turns): Promise<void> {
  const { seed, world, findings, underWay } = track;
  for (let index = await next(); index !== null && !track.ended(); index = await next()) {
    await track.turn();
    const { cookie } = world.somebody(diceAt(seed, 'asker', index));
    const request = requestAt(seed, index, { origin: world.origin, cookie, known: world.known() });
    const by = `request ${index}`;
    underWay.set(by, request.shown);
    const reply = await askFor(world.origin, request);
    const why = complaintAbout(request, reply);
    if (why) findings.fail({ why, by, shown: request.shown });
    findings.count(reply.what === 'answered' ? `request answered ${reply.status}` : `request ${reply.what}`);
    if (isForNow(reply)) findings.count('refused for now');
    underWay.delete(by);
  }
}
