import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en/index.ts';

export type Language = 'en' | 'zh';

const kept = 'groupcast.language';

/** The language somebody chose here, else the browser's first that we speak, else English. */
export function preferredLanguage(chosen: string | null, wanted: readonly string[]): Language {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  const first = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'en' || tag === 'zh');
  return first === 'zh' ? 'zh' : 'en';
}

async function textsOf(language: Language): Promise<typeof en> {
  return language === 'zh' ? (await import('./zh/index.ts')).zh : (await import('./en/index.ts')).en;
}

/** Loads one language and makes the page speak it. Only that one travels to the browser. */
export async function startTexts(): Promise<i18n> {
  const language = preferredLanguage(localStorage.getItem(kept), navigator.languages);
  const texts = createInstance();
  await texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: await textsOf(language) } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = htmlLang(language);
  return texts;
}

/** Changes the language now and for the next visits. */
export async function speak(texts: i18n, language: Language): Promise<void> {
  if (!texts.hasResourceBundle(language, 'translation')) {
    texts.addResourceBundle(language, 'translation', await textsOf(language));
  }
  await texts.changeLanguage(language);
  localStorage.setItem(kept, language);
  document.documentElement.lang = htmlLang(language);
}

const htmlLang = (language: Language): string => (language === 'zh' ? 'zh-CN' : 'en');
