const hasHan = /\p{Script=Han}/u;

/** One Chinese character, or the first letters of the first two words; never half a character. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = firstOf(words[0]);
  if (hasHan.test(first) || words.length < 2) return first.toUpperCase();
  return (first + firstOf(words.at(-1))).toUpperCase();
}

/** A letter or digit that nothing is joined to: most names begin so, and need no segmenter, which is dear to make. */
const plain = /^[\p{L}\p{N}](?=[\p{L}\p{N}]|$)(?!\p{Script=Hangul})/u;

const firstOf = (word: string | undefined): string => {
  const [letter] = plain.exec(word ?? '') ?? [];
  if (letter) return letter;
  for (const { segment } of new Intl.Segmenter().segment(word ?? '')) return segment;
  return '';
};
