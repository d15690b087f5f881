import { bindHost, createHttpServer, type Log, type Metrics } from '@partyline/service';
import { requireToken } from '../auth.ts';
import type { AdminParts } from './parts.ts';

export type AdminOptions = AdminParts & {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly onWrongToken: () => void;
};

/** The running admin API. */
export interface Admin extends AsyncDisposable {
  readonly port: number;
}

/** Serves the admin API, and health and metrics without the token. */
export const startAdmin = async (options: AdminOptions): Promise<Admin> => {
  const { host, port, token, log, metrics, onWrongToken } = options;
  const server = createHttpServer({ ready: () => true, metrics, log });
  await server.register(async (api) => {
    requireToken(api, { token, log, onWrong: onWrongToken });
    api.get('/v1/overview', async () => options.read.totals());
  });
  await server.listen({
    ...{ host: bindHost(host), port },
    listenTextResolver: () => 'the admin API is served',
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    [Symbol.asyncDispose]: () => server.close(),
  };
};
