import type { ClientId, FaultCode, LiveId, RoomEntry } from '@groupcast/protocol';

/** An own comment that is not in the room's log yet. `sent`: acknowledged, its entry is on the way. */
export type Unsent =
  | { readonly state: 'sending'; readonly clientId: ClientId; readonly text: string }
  | { readonly state: 'sent'; readonly clientId: ClientId; readonly text: string; readonly seq: number }
  | { readonly state: 'refused'; readonly clientId: ClientId; readonly text: string; readonly fault: FaultCode };

export type Outbox = readonly Unsent[];

export const write = (outbox: Outbox, clientId: ClientId, text: string): Outbox => [
  ...outbox,
  { state: 'sending', clientId, text },
];

/** Acknowledged with its seq. `shown`: the newest seq on the page; an entry that has passed already needs no place. */
export const acknowledged = (outbox: Outbox, clientId: ClientId, seq: number, shown: number): Outbox =>
  seq <= shown
    ? drop(outbox, clientId)
    : change(outbox, clientId, ({ text }) => ({ state: 'sent', clientId, text, seq }));

export const refused = (outbox: Outbox, clientId: ClientId, fault: FaultCode): Outbox =>
  change(outbox, clientId, ({ text }) => ({ state: 'refused', clientId, text, fault }));

export const again = (outbox: Outbox, clientId: ClientId): Outbox =>
  change(outbox, clientId, ({ text }) => ({ state: 'sending', clientId, text }));

export const drop = (outbox: Outbox, clientId: ClientId): Outbox => outbox.filter((one) => one.clientId !== clientId);

/** Takes out what has come back as an entry, and what was acknowledged at or before the newest shown seq. */
export function settle(outbox: Outbox, entries: readonly RoomEntry[], shown: number): Outbox {
  if (outbox.length === 0) return outbox;
  const came = new Set(entries.flatMap((entry) => (entry.type === 'commented' ? [entry.comment.clientId] : [])));
  const left = outbox.filter((one) => !came.has(one.clientId) && !(one.state === 'sent' && one.seq <= shown));
  return left.length === outbox.length ? outbox : left;
}

/** What to send after a reconnect: everything without an answer, and what was refused only because the line was down. */
export const unanswered = (outbox: Outbox): Outbox =>
  outbox.filter((one) => one.state === 'sending' || (one.state === 'refused' && one.fault === 'unavailable'));

/** The commands behind an outbox, for keeping over a reload; what is acknowledged needs no keeping. */
export const toKeep = (outbox: Outbox, live: LiveId) =>
  outbox
    .filter((one) => one.state !== 'sent')
    .map(({ clientId, text }) => ({ type: 'comment.send' as const, live, clientId, text }));

const change = (outbox: Outbox, clientId: ClientId, next: (one: Unsent) => Unsent): Outbox =>
  outbox.map((one) => (one.clientId === clientId ? next(one) : one));
