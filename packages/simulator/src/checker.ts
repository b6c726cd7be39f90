import type { LiveId, RehearsalLog } from '@groupcast/protocol';
import type { Journal, Seen } from './journal.ts';

/** What is stored of one live, its whole log. */
export type Stored = Pick<RehearsalLog, 'state' | 'head' | 'comments' | 'likes' | 'entries'>;

/** Nought everywhere, and `likesAdd`, is a live in which nothing was lost. */
export interface Findings {
  /** Acknowledged, and not stored at the acknowledged place. */
  readonly missing: number;
  /** Stored twice, or stored at a second place. */
  readonly doubled: number;
  /** Places that the stored log leaves out, or that a page's screen left out without a fresh start that says so. */
  readonly holes: number;
  /** Entries that two pages saw otherwise, or otherwise than they are stored. */
  readonly disordered: number;
  /** Pages that stayed and have not shown the newest stored entry. */
  readonly behind: number;
  /** Comments whose page never heard an answer. */
  readonly unanswered: number;
  /** Lives that ended twice, or came back after their end. */
  readonly badEnds: number;
  /** Lives whose likes break: acknowledged at most stored, stored at most sent, and acknowledged equal to stored once everybody is still. */
  readonly badLikes: number;
}

export interface Verdict extends Findings {
  readonly good: boolean;
  readonly comments: number;
  readonly likes: number;
  readonly deliveries: number;
}

export interface CheckOptions {
  /** Everybody has come back and heard every answer: then likes must be equal, and nobody behind. Else only bounds hold. */
  readonly settled: boolean;
  /** The live was ended, and every page should have been told, once. */
  readonly ended: boolean;
}

/** Compares what pages were told and have shown with what is stored (SPEC CM1, CM2, CM3, LK1, LK3, LV8). */
export function check(journal: Journal, stored: ReadonlyMap<LiveId, Stored>, options: CheckOptions): Verdict {
  const findings = [...stored].map(([live, log]) => checkLive(journal, live, log, options));
  const sum = (of: keyof Findings) => findings.reduce((total, one) => total + one[of], 0);
  const totals: Findings = {
    missing: sum('missing'),
    doubled: sum('doubled'),
    holes: sum('holes'),
    disordered: sum('disordered'),
    behind: sum('behind'),
    unanswered: sum('unanswered'),
    badEnds: sum('badEnds'),
    badLikes: sum('badLikes'),
  };
  return {
    ...totals,
    good: Object.values(totals).every((count) => count === 0),
    comments: [...stored.values()].reduce((total, { comments }) => total + comments, 0),
    likes: [...stored.values()].reduce((total, { likes }) => total + likes, 0),
    deliveries: journal.deliveries,
  };
}

function checkLive(journal: Journal, live: LiveId, log: Stored, options: CheckOptions): Findings {
  const pages = journal.pages.filter((page) => page.live === live && page.seq !== null);
  const sent = [...journal.comments].filter(([, comment]) => comment.live === live);
  const acked = sent.flatMap(([clientId, { seq }]) => (seq === null ? [] : [{ clientId, seq }]));
  return {
    missing: acked.filter(({ clientId, seq }) => log.entries[seq - 1]?.clientId !== clientId).length,
    doubled: doubles(log),
    holes: holesIn(log) + total(pages, ({ holes }) => holes),
    disordered: disorder(journal, live, log) + total(pages, ({ conflicts }) => conflicts),
    behind: options.settled ? pages.filter(({ seq }) => seq !== log.head).length : 0,
    unanswered: options.settled ? sent.filter(([, { seq, fault }]) => seq === null && fault === null).length : 0,
    badEnds: badEnds(pages, log, options),
    badLikes: badLikes(journal, live, log, options),
  };
}

function doubles(log: Stored): number {
  const clients = log.entries.flatMap(({ clientId }) => (clientId === null ? [] : [clientId]));
  return clients.length - new Set(clients).size;
}

const holesIn = (log: Stored): number =>
  log.entries.filter(({ seq }, index) => seq !== index + 1).length + (log.head === log.entries.length ? 0 : 1);

function disorder(journal: Journal, live: LiveId, log: Stored): number {
  const order = journal.lives.get(live)?.order ?? new Map<number, string>();
  return [...order].filter(([seq, what]) => {
    const entry = log.entries[seq - 1];
    return !entry || (entry.clientId !== null && entry.clientId !== what);
  }).length;
}

function badEnds(pages: readonly Seen[], log: Stored, { ended, settled }: CheckOptions): number {
  const revived = pages.filter((page) => page.revived || page.endings.size > 1).length;
  const untold = ended && settled ? pages.filter((page) => page.endings.size === 0).length : 0;
  return revived + untold + (ended && log.state !== 'ended' ? 1 : 0);
}

function badLikes(journal: Journal, live: LiveId, log: Stored, { settled }: CheckOptions): number {
  const { acknowledged, sent } = journal.lives.get(live)?.taps ?? { acknowledged: 0, sent: 0 };
  const within = acknowledged <= log.likes && log.likes <= sent;
  return within && (!settled || acknowledged === log.likes) ? 0 : 1;
}

const total = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((sum, one) => sum + of(one), 0);
