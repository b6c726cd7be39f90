/** The product's structured log among what it printed, line by line; the rest is for people. */
export const logLines = (said: string): unknown[] =>
  said.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
