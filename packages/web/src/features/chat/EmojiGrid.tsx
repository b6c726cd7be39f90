import { useState } from 'react';
import { useTranslation } from '../../i18n/index.ts';
import css from './EmojiGrid.module.css';
import { emoji, emojiGroups } from './emoji.ts';

const kept = 'groupcast.emoji';
const recentCount = 16;

const recentEmoji = (): readonly string[] => (localStorage.getItem(kept) ?? '').split(' ').filter(Boolean);

/** Emoji to pick from, the ones used last first. Drawn by the system's own font. */
export function EmojiGrid({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  // The row stands still while one picks; what was picked now is first the next time.
  const [recent] = useState(recentEmoji);
  const pick = (one: string) => {
    const next = [one, ...recentEmoji().filter((other) => other !== one)].slice(0, recentCount);
    localStorage.setItem(kept, next.join(' '));
    onPick(one);
  };
  return (
    <div className={css['grid']}>
      {recent.length > 0 && <Part title={t('chat.recentEmoji')} all={recent} onPick={pick} />}
      {emojiGroups.map((name) => (
        <Part key={name} title={t(`chat.emojiGroups.${name}`)} all={emoji[name].split(' ')} onPick={pick} />
      ))}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly all: readonly string[];
  readonly onPick: (emoji: string) => void;
}

function Part({ title, all, onPick }: PartProps) {
  return (
    <section>
      <h3 className={css['title']}>{title}</h3>
      <div className={css['all']}>
        {all.map((one) => (
          <button key={one} type="button" className={css['one']} onClick={() => onPick(one)}>
            {one}
          </button>
        ))}
      </div>
    </section>
  );
}
