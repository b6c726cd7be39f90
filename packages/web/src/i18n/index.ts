export { type Language, loadTexts } from './load.ts';
export { TextsProvider, useTranslation } from './TextsProvider.tsx';
export type { Translate } from './translate.ts';
