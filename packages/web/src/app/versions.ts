/** Set while the page loads itself anew because of missing code, so that it does so once. */
const reloaded = 'groupcast.reloaded';

/**
 * Keeps the page's code whole over updates of the server: code of an old version that is gone makes the page load
 * again, once; the service worker keeps what has been fetched.
 */
export function watchVersions(): void {
  addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(reloaded)) return;
    event.preventDefault();
    sessionStorage.setItem(reloaded, '1');
    location.reload();
  });
  addEventListener('load', () => setTimeout(() => sessionStorage.removeItem(reloaded), 10_000));
  if (import.meta.env.PROD && 'serviceWorker' in navigator) void registerWorker();
}

interface TypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const isFactory = (value: unknown): value is TypesFactory =>
  typeof value === 'object' && value !== null && 'createPolicy' in value;

/** The page demands trusted types; the worker's address is the one script address that this code names. */
async function registerWorker(): Promise<void> {
  const address = '/sw.js';
  const factory: unknown = Reflect.get(globalThis, 'trustedTypes');
  const trusted = isFactory(factory)
    ? factory.createPolicy('groupcast', { createScriptURL: () => address }).createScriptURL(address)
    : address;
  try {
    await navigator.serviceWorker.register(trusted, { updateViaCache: 'none' });
  } catch {
    // Without a worker everything works but installing and the offline page: not worth a word.
  }
}

/** The entry script that a fresh load would get, or nothing when nobody can be asked. */
async function newestEntry(): Promise<string | undefined> {
  try {
    const response = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } });
    return response.ok ? entryOf(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

const entryOf = (html: string): string | undefined => /\/assets\/base-[\w-]+\.js/.exec(html)?.[0];

/** True when the server has another version of this page than the one that runs. */
export async function isOutdated(): Promise<boolean> {
  const running = document.querySelector<HTMLScriptElement>('script[src*="/assets/base-"]')?.src;
  const newest = await newestEntry();
  return running !== undefined && newest !== undefined && !running.endsWith(newest);
}
