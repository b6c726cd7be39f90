import { expect, test } from 'vitest';
import { CommentText, MessageText, Topic } from './text.ts';

const unseen = ['\u200d', '\u200c', '\u00ad', '\u034f', '\u180e', '\u17b5', '\ufe0f', '\u2800', '\uffa0', '\u{e0041}'];

test('[MS8] text of which nothing can be seen is invalid, whatever it is made of', () => {
  for (const text of unseen)
    for (const schema of [Topic, CommentText, MessageText])
      expect(schema.safeParse(` ${text}${text} `).success, JSON.stringify(text)).toBe(false);
});

test('[MS7] signs that join or colour what can be seen stay', () => {
  for (const text of ['👩‍👩‍👧', '❤️', 'می‌خواهم', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) expect(CommentText.parse(text)).toBe(text);
});
