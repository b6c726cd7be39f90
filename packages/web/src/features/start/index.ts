export { StartPage } from './StartPage.tsx';
export { useStart } from './useStart.ts';
