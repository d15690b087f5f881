import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** What the build puts in place of these in the service worker. */
const FILES = /["'`]__SHELL_FILES__["'`]/g;
const VERSION = '__SHELL_VERSION__';

/** Files of `public/`, which the bundle doesn't list. */
const publicFiles = ['/icon.svg', '/icon-192.png', '/manifest.webmanifest'];

/** Tells the service worker which files make up the page, and gives it a version that changes with them. */
export const serviceWorker = (): Plugin => ({
  name: 'service-worker',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js'];
    if (worker?.type !== 'chunk')
      throw new Error('there is no sw.js to tell the files of the page');
    const built = Object.keys(bundle)
      .filter((file) => file !== 'sw.js')
      .map((file) => `/${file}`);
    const files = [
      '/index.html',
      ...built.filter((it) => it !== '/index.html'),
      ...publicFiles,
    ].sort();
    const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
    if (!FILES.test(worker.code)) throw new Error('the service worker names its files otherwise');
    worker.code = worker.code.replace(FILES, JSON.stringify(files)).replace(VERSION, version);
  },
});
