/** Fetches the media chunk before it is needed. Failing is no matter: opening a live asks again. */
export const warmMedia = (): void => void import('./engine.ts').catch(() => undefined);
