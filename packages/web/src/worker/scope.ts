/**
 * What a service worker's global scope has that a page's hasn't, as far as ours uses it
 * (https://www.w3.org/TR/service-workers/#serviceworkerglobalscope-interface). TypeScript's own
 * types of it can't be loaded beside those of pages.
 */
export type WorkerScope = {
  readonly location: Location;
  readonly caches: CacheStorage;
  readonly clients: {
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Pressing) => void): void;
};

type Page = { focus(): Promise<unknown>; postMessage(message: unknown): void };
export type Extendable = { waitUntil(done: Promise<unknown>): void };
export type Fetching = Extendable & {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
};
export type Pressing = Extendable & { readonly notification: Notification };
