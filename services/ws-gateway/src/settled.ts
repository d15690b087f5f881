import type { WebSocketServer } from 'ws';

/** Takes no WebSocket more; resolved when every one is over. Those that last longer than `graceMs` are cut. */
export const settled = async (
  servers: readonly WebSocketServer[],
  graceMs: number,
): Promise<void> => {
  const cut = setTimeout(() => {
    for (const { clients } of servers) for (const client of clients) client.terminate();
  }, graceMs);
  await Promise.all(servers.map((it) => new Promise<unknown>((resolve) => it.close(resolve))));
  clearTimeout(cut);
};
