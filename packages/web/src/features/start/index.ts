export { useStart } from './useStart.ts';
