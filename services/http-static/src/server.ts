import { listenHttp } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

/** How long downloads under way may go on when the server stops. */
const STOP_MS = 3_000;

/** The listening server. Disposed, it takes no more requests, and cuts those that take too long. */
export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

/** Opens the site at an address; port 0 lets the system choose. */
export const listen = async (
  site: FastifyInstance,
  address: { readonly host: string; readonly port: number },
): Promise<HttpServer> => ({
  port: await listenHttp(site, address),
  [Symbol.asyncDispose]: async () => {
    const cut = setTimeout(() => site.server.closeAllConnections(), STOP_MS);
    await site.close();
    clearTimeout(cut);
  },
});
