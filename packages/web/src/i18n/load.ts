import { type Translate, translator } from './translate.ts';

export type Language = 'en' | 'zh';

/** One language, loaded and ready to speak. */
export interface Texts {
  readonly language: Language;
  readonly t: Translate;
  /** Says what is said inside lives, too. Loaded once, when somebody first asks. */
  readonly inLive: () => Promise<Translate>;
}

const kept = 'groupcast.language';

/** The language somebody chose here, else the browser's first that we speak, else English. */
export function preferredLanguage(chosen: string | null, wanted: readonly string[]): Language {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  const first = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'zh');
  return first === 'zh' ? 'zh' : 'en';
}

/** Loads a language; left out, the one this reader prefers. Only that one travels to the browser. */
export async function loadTexts(
  language: Language = preferredLanguage(localStorage.getItem(kept), navigator.languages),
): Promise<Texts> {
  const first = language === 'zh' ? (await import('./zh/index.ts')).zh : (await import('./en/index.ts')).en;
  let all: Promise<Translate> | undefined;
  const loadAll = async () => {
    const more = language === 'zh' ? await import('./zh/inLive.ts') : await import('./en/inLive.ts');
    return translator({ ...first, ...more.inLive }, language);
  };
  return {
    language,
    t: translator(first, language),
    inLive() {
      all ??= loadAll();
      return all;
    },
  };
}

export const keepLanguage = (language: Language): void => localStorage.setItem(kept, language);
