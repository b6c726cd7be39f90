export { type Language, loadTexts, preferredLanguage, type Texts } from './load.ts';
export { TextsProvider, useTranslation } from './TextsProvider.tsx';
export type { TextKey, Translate } from './translate.ts';
