import { z } from 'zod/mini';
import { ClientId, Seq, Time, UserId } from './ids.ts';
import { Person } from './people.ts';
import { AskText } from './text.ts';

const dayMinutes = 24 * 60;
const Minute = z.int().check(z.nonnegative(), z.maximum(dayMinutes - 1));

/** Whether this engine knows a time zone by that name, such as `Asia/Shanghai`. */
function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
const Zone = z.string().check(z.maxLength(64), z.refine(isZone));

/** Hours of each day, by the clock of one place, in which no live starts; they may pass midnight. */
export const QuietHours = z
  .object({ from: Minute, until: Minute, zone: Zone })
  .check(z.refine(({ from, until }) => from !== until));
export type QuietHours = z.infer<typeof QuietHours>;

/**
 * Who may start a live in a group, and how: `named`, people whom the admins name; `ask`, who asked and was allowed.
 * `atOnce` lives at a time, and no more than the server takes; a person waits `coolDownMinutes` after an own live.
 */
export const StartRule = z.object({
  who: z.enum(['everyone', 'named', 'ask']),
  atOnce: z.int().check(z.positive(), z.maximum(3)),
  audioOnly: z.boolean(),
  coolDownMinutes: z.int().check(z.nonnegative(), z.maximum(dayMinutes)),
  quiet: z.nullable(QuietHours),
});
export type StartRule = z.infer<typeof StartRule>;

/** Before an admin changes anything. */
export const openRule: StartRule = { who: 'everyone', atOnce: 3, audioOnly: false, coolDownMinutes: 0, quiet: null };

/** Why somebody may not start a live now; `until` when that passes by itself. */
export const StartBar = z.object({
  why: z.enum(['notRolledOut', 'startsPaused', 'startNamed', 'startAsk', 'quietHours', 'coolDown']),
  until: z.nullable(Time),
});
export type StartBar = z.infer<typeof StartBar>;

/** A group's rule as one member sees it. `leads` can change it; `asked`: an own request waits; `bar` null: they may start. */
export const Starting = z.object({
  version: z.int(),
  rule: StartRule,
  named: z.array(Person),
  bar: z.nullable(StartBar),
  asked: z.boolean(),
  leads: z.array(Person),
});
export type Starting = z.infer<typeof Starting>;

export const SetStarting = z.object({
  version: z.int(),
  rule: StartRule,
  named: z.array(UserId).check(z.maxLength(100)),
});
export type SetStarting = z.infer<typeof SetStarting>;

export const AskToStart = z.object({ clientId: ClientId, text: AskText });
export const AnswerAsk = z.object({ allow: z.boolean() });

/** A request to start a live, in the chat. `until`: so long who was allowed may start. */
export const StartAsk = z.object({
  state: z.enum(['waiting', 'allowed', 'declined']),
  text: z.string(),
  by: z.nullable(Person),
  until: z.nullable(Time),
});
export type StartAsk = z.infer<typeof StartAsk>;

/** One line of what owner or admins did: to whom or whose, and in `text` the new name, role or rule, or the reason. Nobody changes or removes one. */
export const Act = z.object({
  id: Seq,
  at: Time,
  by: z.nullable(Person),
  act: z.enum([
    'startRule',
    'startAllowed',
    'startDeclined',
    'renamed',
    'roleGiven',
    'removed',
    'liveEnded',
    'messageDeleted',
    'commentDeleted',
    'muted',
    'unmuted',
  ]),
  about: z.nullable(Person),
  text: z.string(),
});
export type Act = z.infer<typeof Act>;
