import { z } from 'zod/mini';
import { ClientId, GroupId, LiveId, Seq, Time, UserId } from './ids.ts';

/** So many fit into one answer, and one small machine can play them. */
const mostPeople = 10_000;
const mostLives = 1_000;

/** A group of people who are nobody, and lives that are on air without a picture: the first `lives` people host one each. */
export const OpenRehearsal = z
  .object({
    people: z.int().check(z.positive(), z.maximum(mostPeople)),
    lives: z.int().check(z.nonnegative(), z.maximum(mostLives)),
  })
  .check(z.refine(({ people, lives }) => lives <= people));

/** `cookie` is a session as a browser would send it. What nobody removes is gone at `until`. */
export const Rehearsal = z.object({
  group: GroupId,
  until: Time,
  lives: z.array(LiveId),
  people: z.array(z.object({ user: UserId, cookie: z.string() })),
});
export type Rehearsal = z.infer<typeof Rehearsal>;

/** Entries in one answer of `RehearsalLog`. */
export const rehearsalLogPage = 10_000;

/** One entry of a rehearsal's log as it is stored; a deletion has neither author nor client id. */
const LoggedEntry = z.object({ seq: Seq, author: z.nullable(UserId), clientId: z.nullable(ClientId) });

/**
 * What is stored of a rehearsal's live. `head`: the newest place in its log; `entries`: those after the one asked for,
 * at most `rehearsalLogPage`.
 */
export const RehearsalLog = z.object({
  state: z.enum(['preparing', 'live', 'interrupted', 'ended', 'cancelled']),
  epoch: z.int(),
  head: Seq,
  comments: z.int(),
  likes: z.int(),
  entries: z.array(LoggedEntry),
});
export type RehearsalLog = z.infer<typeof RehearsalLog>;
