import { z } from 'zod/mini';
import { limits } from './limits.ts';

/** Control, format and separator characters that show nothing, and bidi overrides, which can make text lie about its order. */
const unseen =
  /[\p{Cc}\p{Cs}\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\uffff]/gu;

/** One line of text as people meant it: NFC, unseen characters out, runs of space to one, trimmed. */
export const cleanLine = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\t\n\v\f\r]+/g, ' ')
    .replace(unseen, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Text of several lines: as `cleanLine`, but lines and indents stay; at most two empty lines in a row. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\t/g, '  ').replace(unseen, '').trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+|\s+$/g, '');

/** Length as people count: code points, so that an emoji of one code point is one. */
export const lengthOf = (text: string): number => [...text].length;

/** Something that can be seen: joiners, variation selectors, blank letters and the like alone say nothing. */
const seen = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

const bounded = (clean: (text: string) => string, min: number, max: number) =>
  z.pipe(
    z.string().check(z.maxLength(max * 8)),
    z.pipe(z.transform(clean), z.string().check(z.refine((text) => fits(text, min, max)))),
  );

const fits = (text: string, min: number, max: number): boolean =>
  lengthOf(text) >= min && lengthOf(text) <= max && (min === 0 || seen.test(text));

export const Topic = bounded(cleanLine, 1, limits.topicLength);
export const CommentText = bounded(cleanLine, 1, limits.commentLength);
/** A line that goes with a request; may be empty. */
export const AskText = bounded(cleanLine, 0, limits.askLength);
export const MessageText = bounded(cleanText, 1, limits.messageLength);
export const DisplayName = bounded(cleanLine, 1, limits.displayNameLength);
export const GroupName = bounded(cleanLine, 1, limits.groupNameLength);
export const AskLine = bounded(cleanLine, 1, limits.askLength);
export const Reason = bounded(cleanLine, 1, 200);

/** Letters, digits, dot, dash, underscore; told apart without regard to case. */
export const Username = z.pipe(
  z.string().check(z.maxLength(64)),
  z.pipe(
    z.transform((text: string) => text.trim().toLowerCase()),
    z
      .string()
      .check(
        z.minLength(limits.usernameMinLength),
        z.maxLength(limits.usernameMaxLength),
        z.regex(/^[a-z0-9][a-z0-9._-]*$/),
      ),
  ),
);
export const Password = z.string().check(z.minLength(limits.passwordMinLength), z.maxLength(limits.passwordMaxLength));
