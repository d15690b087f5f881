import type { Fetching, Pressing, WorkerScope } from './scope.ts';

const scope = self as unknown as WorkerScope;

/** The files of the page, and their version: the build puts them here. */
const files = '__SHELL_FILES__' as unknown as readonly string[];
const NAME = 'partyline-__SHELL_VERSION__';
const PAGE = '/index.html';
const CONFIG = '/config.json';

const keep = async (): Promise<void> => {
  const cache = await scope.caches.open(NAME);
  await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })));
};

const dropOthers = async (): Promise<void> => {
  const names = await scope.caches.keys();
  const old = names.filter((name) => name.startsWith('partyline-') && name !== NAME);
  await Promise.all(old.map((name) => scope.caches.delete(name)));
};

const kept = async (path: string): Promise<Response | undefined> => {
  const cache = await scope.caches.open(NAME);
  return cache.match(path);
};

/** What the network has, or what is kept where there is none. */
const fresh = async (request: Request, path: string): Promise<Response> => {
  try {
    const response = await fetch(request);
    if (path === CONFIG && response.ok) {
      const cache = await scope.caches.open(NAME);
      await cache.put(CONFIG, response.clone());
    }
    return response;
  } catch (error) {
    const shell = await kept(path);
    if (shell === undefined) throw error;
    return shell;
  }
};

/** The page and its configuration are asked for anew; files whose names carry a hash never change. */
const answer = (event: Fetching): void => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== scope.location.origin) return;
  if (request.mode === 'navigate' && (pathname === '/' || pathname === PAGE))
    event.respondWith(fresh(request, PAGE));
  else if (pathname === CONFIG) event.respondWith(fresh(request, CONFIG));
  else if (files.includes(pathname))
    event.respondWith(kept(pathname).then((found) => found ?? fetch(request)));
};

/** A notification was pressed: its page is shown, and told which conversation it was about. */
const press = async ({ notification }: Pressing): Promise<void> => {
  notification.close();
  const [page] = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (page === undefined) {
    await scope.clients.openWindow('/');
    return;
  }
  await page.focus();
  page.postMessage({ pressed: notification.tag });
};

scope.addEventListener('install', (event) => event.waitUntil(keep()));
scope.addEventListener('activate', (event) => event.waitUntil(dropOthers()));
scope.addEventListener('fetch', answer);
scope.addEventListener('notificationclick', (event) => event.waitUntil(press(event)));
