import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import { plainAddress } from '../plain-address.ts';
import type { Proxies } from './proxies.ts';

/** What an HTTP server is made with that believes proxies whom they ask for (X-Forwarded-For). */
export const believing = (proxies: Proxies): Pick<FastifyServerOptions, 'trustProxy'> => ({
  trustProxy: (address: string) => proxies.has(plainAddress(address)),
});

/** Has such a server recognise its proxies, before anything else is done with a request. */
export const recogniseProxies = (server: FastifyInstance, proxies: Proxies): void => {
  server.addHook('onRequest', async ({ headers, socket: { remoteAddress } }) => {
    if (headers['x-forwarded-for'] !== undefined && remoteAddress !== undefined)
      await proxies.recognise(plainAddress(remoteAddress));
  });
};
