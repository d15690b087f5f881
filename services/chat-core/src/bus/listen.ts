import { bindHost, clearStaleSocket, SOCKET_PATH_BYTES } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

/** Where the bus is served. */
export type BusAddress =
  | { readonly type: 'unix'; readonly path: string }
  | { readonly type: 'http'; readonly host: string; readonly port: number };

/** Reads `http://HOST:PORT`; undefined for anything else. */
export const readHttpAddress = (
  text: string,
): { readonly host: string; readonly port: number } | undefined => {
  const [, host, port] = /^http:\/\/([^/]+):(\d{1,5})\/?$/.exec(text) ?? [];
  return host === undefined
    ? undefined
    : { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
};

/** Reads `unix:PATH` or `http://HOST:PORT`; throws what is wrong with anything else. */
export const readBusAddress = (text: string): BusAddress => {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length);
    const bytes = Buffer.byteLength(path);
    if (bytes > SOCKET_PATH_BYTES)
      throw new Error(
        `PARTYLINE_BUS_LISTEN: the socket's path has ${bytes} bytes, and ${SOCKET_PATH_BYTES} is the most a system takes. Choose a shorter one: ${path}`,
      );
    if (bytes > 0) return { type: 'unix', path };
  }
  const address = readHttpAddress(text);
  if (address === undefined)
    throw new Error(`PARTYLINE_BUS_LISTEN is ${text}: it must be unix:PATH or http://HOST:PORT.`);
  return { type: 'http', ...address };
};

/** Listens; a socket file is for its owner alone. */
export const listen = async (server: FastifyInstance, address: BusAddress): Promise<void> => {
  const listenTextResolver = (): string => 'the bus is served';
  if (address.type === 'http') {
    const { port } = address;
    await server.listen({ host: bindHost(address.host), port, listenTextResolver });
    return;
  }
  await clearStaleSocket(address.path);
  const mask = process.umask(0o177);
  try {
    await server.listen({ path: address.path, listenTextResolver });
  } finally {
    process.umask(mask);
  }
};
