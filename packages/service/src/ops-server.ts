import { createHttpServer, listenHttp } from './http-server.ts';
import type { Log } from './log.ts';
import type { Ops } from './ops.ts';

/** The running server; disposed, it lets requests under way end. */
export interface OpsServer extends AsyncDisposable {
  readonly port: number;
}

/** Serves health and metrics, for services that have no HTTP port of their own. */
export const startOpsServer = async (
  options: Ops & { readonly host: string; readonly port: number; readonly log: Log },
): Promise<OpsServer> => {
  const server = createHttpServer(options);
  const port = await listenHttp(server, options);
  return { port, [Symbol.asyncDispose]: () => server.close() };
};
