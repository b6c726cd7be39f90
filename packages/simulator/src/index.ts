export { type CheckOptions, check, type Findings, type Stored, type Verdict } from './checker.ts';
export { Crowd, type Pace } from './crowd.ts';
export { endAll, headsOf, readAll } from './ending.ts';
export { FrameReader } from './frames.ts';
export { Journal, type Seen, type SentComment } from './journal.ts';
export { ackSpread, deliverySpread, type Spread, spreadOf } from './latency.ts';
export { type Operator, operatorOf } from './operator.ts';
export { Page } from './page.ts';
export { anySeed, type Random, randomFrom } from './random.ts';
