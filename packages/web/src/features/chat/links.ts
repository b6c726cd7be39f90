/** A stretch of a message: plain, or an address that may be opened. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

// Only what cannot be anything else is a link, and an address ends where Chinese begins: people write 看https://a.cn/b这里.
const address =
  /(?<web>(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+)|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,})/gi;
const tail = /[.,;:!?'"*]+$/;

/** Cuts a text into plain pieces and links. Only http, https and mailto ever become links. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    const href = hrefOf(shown, match.groups?.['mail'] !== undefined);
    if (!href) continue;
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'link', text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Without the full stop of the sentence, and without a bracket that was opened before it. */
function trimmed(found: string): string {
  const plain = found.replace(tail, '');
  const open = plain.split('(').length;
  return plain.endsWith(')') && plain.split(')').length > open ? trimmed(plain.slice(0, -1)) : plain;
}

function hrefOf(shown: string, mail: boolean): string | undefined {
  if (mail) return `mailto:${shown}`;
  const full = /^www\./i.test(shown) ? `https://${shown}` : shown;
  const url = URL.canParse(full) ? new URL(full) : null;
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') ? url.href : localOf(url);
}

/** `http://localhost` and its like have no dot and are still meant. */
const localOf = (url: URL | null): string | undefined =>
  url && /^https?:$/.test(url.protocol) && url.hostname === 'localhost' ? url.href : undefined;
