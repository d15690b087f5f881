import { expect } from 'vitest';
import {
  brokenPromises,
  type Cluster,
  dialTcp,
  finish,
  readLog,
  TalkingClient,
} from '../src/index.ts';

/** Clients in the lobby, spread over all gateways. */
export const enterAll = async (cluster: Cluster, count: number): Promise<TalkingClient[]> => {
  const clients = Array.from({ length: count }, (_, n) => {
    const gateway = cluster.gateways[n % cluster.gateways.length];
    return new TalkingClient(`client${n}`, dialTcp(gateway?.jsonPort ?? 0));
  });
  await Promise.all(clients.map((client) => client.enter()));
  return clients;
};

/** Waits until at least so many more publishes were acknowledged. */
export const progress = async (clients: readonly TalkingClient[], more: number): Promise<void> => {
  const acks = (): number => clients.reduce((sum, client) => sum + client.acked.size, 0);
  const goal = acks() + more;
  await Promise.any(clients.map((client) => client.until(() => acks() >= goal)));
};

/** Everybody is done, was shown the same dense log, and no connection broke. */
export const expectPromisesKept = async (
  cluster: Cluster,
  clients: readonly TalkingClient[],
  core = 0,
): Promise<void> => {
  await finish(clients);
  const log = await readLog({ admin: (path, init) => cluster.admin(path, init, core) }, 'lobby');
  expect(brokenPromises(log, clients)).toEqual([]);
  expect(clients.filter((client) => client.breaks > 0).map((client) => client.nick)).toEqual([]);
  for (const client of clients) client.close();
};
