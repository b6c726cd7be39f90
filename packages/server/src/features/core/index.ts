import type { FaultCode, PageId, Person, UserId } from '@groupcast/protocol';

/** What a handler answers: a value, or a refusal. A bug is thrown. */
export type Result<T> = { readonly ok: T } | Refusal;
/** The answer of what has nothing to say but that it is done. */
export type Nothing = Record<string, never>;
export type Refusal = { readonly fault: FaultCode; readonly retryAfterMs?: number };

export const ok = <T>(value: T): { readonly ok: T } => ({ ok: value });
export const refuse = (fault: FaultCode, retryAfterMs?: number): Refusal =>
  retryAfterMs === undefined ? { fault } : { fault, retryAfterMs };
export const refused = (result: Result<unknown>): result is Refusal => 'fault' in result;

/** Who acts: a signed-in person, by a session, on a page (HTTP requests have none). */
export interface Actor {
  readonly user: UserId;
  readonly session: string;
  readonly person: Person;
}
export interface PageActor extends Actor {
  readonly page: PageId;
}

export type {
  ChannelDoor,
  CommandHandler,
  Commands,
  Opened,
  Place,
  Publish,
  Routes,
  Signal,
  Signals,
  Tell,
  WithCookies,
} from './doors.ts';
export { inHalves } from './halves.ts';
export { seal, unseal } from './sealed.ts';
export { ShortMemory } from './shortMemory.ts';
