import { startTcpProxy, type Watch } from '@partyline/service/testing/tcp-proxy';
import { expect, test } from 'vitest';
import { startCluster } from '../src/index.ts';
import { enterAll, expectPromisesKept, progress } from './talking.ts';

const MINUTES = 60_000;

test(
  'a chat-core stands still for longer than its lease, and goes on as if nothing had happened: it does no harm',
  async () => {
    await using cluster = await startCluster({ cores: 2, gateways: 3 });
    const clients = await enterAll(cluster, 12);
    for (const client of clients) client.talk();
    await progress(clients, 200);
    const { pid = 0 } = cluster.cores[0]?.process ?? {};
    process.kill(pid, 'SIGSTOP');
    try {
      await expect
        .poll(() => cluster.postgres.query('partyline', 'select from cores where until < now()'), {
          timeout: MINUTES,
        })
        .toHaveLength(1);
      // All gateways are at the other by then.
      await Promise.all(clients.map((client) => progress([client], 20)));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await progress(clients, 300);
    await expectPromisesKept(cluster, clients, 1);
  },
  5 * MINUTES,
);

/** Of how many commits one is lost. */
const LOST = 10;

/** Cuts connections exactly at some commits: before the server has them, and before their answers are told. */
const cutting = () => {
  const cuts = { isOn: false, before: 0, after: 0 };
  let commits = 0;
  const watch = (): Watch => {
    let isLost = false;
    return {
      up: (bytes) => {
        if (!cuts.isOn || !bytes.includes('commit\0')) return 'pass';
        commits += 1;
        if (commits % LOST !== 0) return 'pass';
        if (commits % (2 * LOST) === 0) {
          cuts.before += 1;
          return 'cut';
        }
        isLost = true;
        return 'pass';
      },
      down: (bytes) => {
        if (!isLost) return 'pass';
        if (!bytes.includes('COMMIT')) return 'swallow';
        cuts.after += 1;
        return 'cut';
      },
    };
  };
  return { cuts, watch };
};

test(
  'connections to the database break exactly at commits, kept and not: nothing acked is lost or doubled',
  async () => {
    const { cuts, watch } = cutting();
    await using cluster = await startCluster({
      ...{ cores: 2, gateways: 2 },
      wayTo: async (database, cleanup) => {
        const url = new URL(database);
        const proxy = cleanup.use(await startTcpProxy(Number(url.port), watch));
        url.port = `${proxy.port}`;
        return url.href;
      },
    });
    const clients = await enterAll(cluster, 8);
    for (const client of clients) client.talk();
    cuts.isOn = true;
    while (cuts.before < 5 || cuts.after < 5) await progress(clients, 50);
    cuts.isOn = false;
    await expectPromisesKept(cluster, clients);
  },
  5 * MINUTES,
);

test(
  'somebody else holds a room in the database for longer than a statement may take: all that waited is said once',
  async () => {
    await using cluster = await startCluster({ cores: 2, gateways: 2 });
    const clients = await enterAll(cluster, 8);
    for (const client of clients) client.talk();
    await progress(clients, 100);
    await cluster.postgres.query(
      'partyline',
      "begin; select from rooms where room = 'lobby' for update; select pg_sleep(6); rollback",
    );
    await progress(clients, 200);
    await expectPromisesKept(cluster, clients);
  },
  5 * MINUTES,
);
