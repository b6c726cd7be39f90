import { createContext, type ReactNode, startTransition, use, useContext, useEffect, useMemo, useState } from 'react';
import { keepLanguage, type Language, loadTexts, type Texts } from './load.ts';

interface Spoken extends Texts {
  /** Changes the language now and for the next visits. */
  readonly speak: (language: Language) => Promise<void>;
}

const TextsContext = createContext<Spoken | undefined>(undefined);

/** Everything inside speaks one language, which can be changed. */
export function TextsProvider({ first, children }: { readonly first: Texts; readonly children: ReactNode }) {
  const [texts, setTexts] = useState(first);
  useEffect(() => {
    document.documentElement.lang = texts.language === 'zh' ? 'zh-CN' : 'en';
  }, [texts]);
  const spoken = useMemo(
    () => ({
      ...texts,
      speak: async (language: Language) => {
        const loaded = await loadTexts(language);
        // A live that is open goes on in the old words until the new ones are there.
        startTransition(() => setTexts(loaded));
        keepLanguage(language);
      },
    }),
    [texts],
  );
  return <TextsContext value={spoken}>{children}</TextsContext>;
}

/** `t` says a text, `language` is for `Intl` and for numbers. */
export function useTranslation(): Spoken {
  const spoken = useContext(TextsContext);
  if (!spoken) throw new Error('useTranslation outside of TextsProvider');
  return spoken;
}

/** Everything inside can say what is said in lives. Suspends until those texts have come. */
export function LiveTexts({ children }: { readonly children: ReactNode }) {
  const spoken = useTranslation();
  const t = use(spoken.inLive());
  const all = useMemo(() => ({ ...spoken, t }), [spoken, t]);
  return <TextsContext value={all}>{children}</TextsContext>;
}
