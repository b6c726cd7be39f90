const hasHan = /\p{Script=Han}/u;

/** One Chinese character, or the first letters of the first two words; never half a character. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = firstOf(words[0]);
  if (hasHan.test(first) || words.length < 2) return first.toUpperCase();
  return (first + firstOf(words.at(-1))).toUpperCase();
}

const firstOf = (word: string | undefined): string => {
  for (const { segment } of new Intl.Segmenter().segment(word ?? '')) return segment;
  return '';
};

/** 1 to 8, always the same for the same id: the colour of a person's default face and hearts. */
export function colourOf(id: string): number {
  let sum = 0;
  for (const sign of id) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 8191;
  return (sum % 8) + 1;
}
