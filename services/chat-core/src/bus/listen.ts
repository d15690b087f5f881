import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { bindHost } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

/** Where the bus is served. */
export type BusAddress =
  | { readonly type: 'unix'; readonly path: string }
  | { readonly type: 'http'; readonly host: string; readonly port: number };

/** What the kernel takes for a socket's path (108 bytes with its end on Linux, 104 elsewhere). */
const PATH_BYTES = 100;

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
    if (bytes > PATH_BYTES)
      throw new Error(
        `PARTYLINE_BUS_LISTEN: the socket's path has ${bytes} bytes, and ${PATH_BYTES} is the most a system takes. Choose a shorter one: ${path}`,
      );
    if (bytes > 0) return { type: 'unix', path };
  }
  const address = readHttpAddress(text);
  if (address === undefined)
    throw new Error(`PARTYLINE_BUS_LISTEN is ${text}: it must be unix:PATH or http://HOST:PORT.`);
  return { type: 'http', ...address };
};

/** Whether somebody answers on a socket. */
const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.on('connect', () => end(true));
    // A full backlog is somebody's too.
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'EAGAIN'));
  });

/** Takes away what a killed process left; never a socket that is in use. */
const clear = async (path: string): Promise<void> => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket() || (await isAnswered(path))) {
    const inUse = new Error(`${path} is in use`);
    throw Object.assign(inUse, { code: 'EADDRINUSE', syscall: 'listen', address: path });
  }
  rmSync(path);
};

/** Listens; a socket file is for its owner alone. */
export const listen = async (server: FastifyInstance, address: BusAddress): Promise<void> => {
  const listenTextResolver = (): string => 'the bus is served';
  if (address.type === 'http') {
    const { port } = address;
    await server.listen({ host: bindHost(address.host), port, listenTextResolver });
    return;
  }
  await clear(address.path);
  const mask = process.umask(0o177);
  try {
    await server.listen({ path: address.path, listenTextResolver });
  } finally {
    process.umask(mask);
  }
};
