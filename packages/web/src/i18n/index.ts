export { type Language, loadTexts } from './load.ts';
export { LiveTexts, TextsProvider, useTranslation } from './TextsProvider.tsx';
export type { TextKey, Translate } from './translate.ts';
