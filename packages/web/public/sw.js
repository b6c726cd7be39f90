// The page's service worker. It never answers with an old page: addresses of the app go to the network first, and only
// without a network to one clear page. Files under /assets/ carry their content in their name, so a kept one is right for ever.
const pageCache = 'page-1';
const assetCache = 'assets-1';
const offlinePage = ['/offline.html', '/offline.css', '/offline.js', '/icons/icon.svg'];
const assetsKept = 150;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(pageCache)
      .then((cache) => cache.addAll(offlinePage))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldCaches().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('/offline.html')));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (offlinePage.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(request)));
});

async function dropOldCaches() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== pageCache && name !== assetCache).map((name) => caches.delete(name)),
  );
}

async function asset(request) {
  const cache = await caches.open(assetCache);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await keep(cache, request, fresh.clone());
  return fresh;
}

async function keep(cache, request, response) {
  await cache.put(request, response);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - assetsKept)).map((old) => cache.delete(old)));
}
