import type { AddressInfo, Server } from 'node:net';
import { bindHost, openServer, reachedAt } from '@partyline/service';
import type { Listening, Transport } from './transport.ts';

const overTcp = (example: string, isSecure: boolean): Transport => ({
  example,
  isSecure,
  fits: ({ hostname, port, pathname, search, hash }) =>
    hostname !== '' && port !== '' && /^\/?$/.test(pathname) && search === '' && hash === '',
  listen: async ({ hostname, port }, options) => {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const server = await openServer({ host: bindHost(host), port: Number(port) }, options);
    return listening(server, host);
  },
});

/** TCP, on `//HOST:PORT`; the host `*` is every address of the machine. */
export const tcp: Transport = overTcp('//*:7001', false);

/** TLS over TCP. */
export const tls: Transport = overTcp('//*:7701', true);

const listening = (server: Server, host: string): Listening => {
  const { port } = server.address() as AddressInfo;
  return {
    address: (publicHost) => `//${reachedAt(host, port, publicHost)}`,
    stop: () => void server.close(),
  };
};
