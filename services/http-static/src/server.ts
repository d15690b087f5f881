import type { AddressInfo } from 'node:net';
import { bindHost } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

/** How long downloads under way may go on when the server stops. */
const STOP_MS = 3_000;

/** The listening server. Disposed, it takes no more requests, and cuts those that take too long. */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

export const listen = async (
  site: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HttpServer> => {
  await site.listen({
    host: bindHost(host),
    port,
    listenTextResolver: (address) => `listening at ${address}`,
  });
  return {
    port: (site.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      const cut = setTimeout(() => site.server.closeAllConnections(), STOP_MS);
      await site.close();
      clearTimeout(cut);
    },
  };
};
