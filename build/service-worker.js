// The page's service worker; the build writes FILES and NAME in: what the page is made of, and a hash of all of it.
const FILES = { shell: [], later: [] };
const NAME = 'teal';
const PREFIX = `teal ${self.registration.scope} `;

self.addEventListener('install', (event) => {
  event.waitUntil(keep(FILES.shell));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
  if (event.data === 'keep all')
    event.waitUntil(keep(FILES.later).then(() => event.source?.postMessage('all kept')));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request));
});

async function keep(files) {
  const cache = await caches.open(PREFIX + NAME);
  for (const file of files) {
    const url = new URL(file, self.registration.scope).href;
    // what has a hash in its name never changes, so a copy that the browser has already will do
    const mode = file.startsWith('assets/') ? 'default' : 'no-cache';
    if (!(await cache.match(url))) await cache.add(new Request(url, { cache: mode }));
  }
}

async function removeOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function answer(request) {
  const cache = await caches.open(PREFIX + NAME);
  const url = new URL(request.url);
  const isPage = request.mode === 'navigate';
  const file = isPage ? 'index.html' : url.href.slice(self.registration.scope.length).split(/[?#]/)[0];
  const address = new URL(file, self.registration.scope).href;
  const kept = await cache.match(address);
  if (kept) return kept;
  const response = await fetch(request);
  const isOurs = FILES.shell.includes(file) || FILES.later.includes(file);
  if (response.ok && isOurs) await cache.put(address, response.clone());
  return response;
}
