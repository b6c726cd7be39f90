import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { piecesOf } from './links.ts';
import css from './RichText.module.css';

/** Longer than this is folded: about a screen of a phone. */
const foldedLength = 700;
const foldedLines = 14;

/** A message's text: shown as it was written, links made safe, long ones folded. */
export function RichText({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const long = text.length > foldedLength || text.split('\n').length > foldedLines;
  return (
    <>
      <span className={cx(css['text'], long && !whole && css['folded'])}>
        {piecesOf(text).map((piece, index) =>
          piece.kind === 'text' ? (
            piece.text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
            <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {piece.text}
            </a>
          ),
        )}
      </span>
      {long && (
        <button type="button" className={css['fold']} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {t(whole ? 'chat.readLess' : 'chat.readMore')}
        </button>
      )}
    </>
  );
}
