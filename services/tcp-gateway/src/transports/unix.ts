import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clearStaleSocket, openServer, SettingsError, SOCKET_PATH_BYTES } from '@partyline/service';
import type { Transport } from './transport.ts';

/**
 * A Unix socket, on `PATH`, in the data folder unless it is absolute. The process's umask has the
 * file be for its own user alone. One that nobody answers on any more is replaced.
 */
export const unix: Transport = {
  example: 'text.sock',
  isSecure: false,
  fits: ({ host, pathname, search, hash }) =>
    host === '' && !/^$|\/$/.test(pathname) && search === '' && hash === '',
  listen: async ({ pathname }, { folder, ...options }) => {
    const absolute = resolve(folder, decodeURIComponent(pathname));
    const path = shortest(absolute);
    await clearStaleSocket(path);
    const server = await openServer({ path }, options);
    return {
      address: () => pathToFileURL(absolute).href.slice('file:'.length),
      stop: () => void server.close(),
    };
  },
};

/** The path, or how it is called from here: kernels take only short ones. */
const shortest = (absolute: string): string => {
  const paths = [absolute, relative('.', absolute)];
  const fitting = paths.find((path) => Buffer.byteLength(path) <= SOCKET_PATH_BYTES);
  if (fitting !== undefined) return fitting;
  throw new SettingsError([
    `PARTYLINE_TCP_LISTENERS: the path ${absolute} is longer than the ${SOCKET_PATH_BYTES} bytes that a Unix socket's may have. Choose a shorter one, there or for PARTYLINE_DATA.`,
  ]);
};
