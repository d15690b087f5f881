import { setTimeout as pass } from 'node:timers/promises';
import { test } from 'vitest';
import { startCluster } from '../src/index.ts';
import { enterAll, expectPromisesKept, progress } from './talking.ts';

const MINUTES = 60_000;
/** A run by hand is longer, and has more of everything. */
const isLong = process.env.PARTYLINE_LONG !== undefined;

test(
  'eight writers to one room on both chat-cores: every reader everywhere sees the same dense order',
  async () => {
    const gateways = isLong ? 20 : 4;
    await using cluster = await startCluster({
      ...{ cores: 2, gateways },
      busesOf: (n, buses) => buses.slice(n % 2, (n % 2) + 1),
    });
    const clients = await enterAll(cluster, isLong ? 40 : 16);
    const writers = clients.slice(0, 8);
    for (const writer of writers) writer.talk();
    if (isLong) await pass(MINUTES);
    else await progress(writers, 2_000);
    await expectPromisesKept(cluster, clients);
  },
  5 * MINUTES,
);

test(
  'a chat-core is killed while clients talk: its gateways move to the other, and nothing acked is lost or doubled',
  async () => {
    await using cluster = await startCluster({ cores: 2, gateways: 3 });
    const clients = await enterAll(cluster, 24);
    for (const client of clients) client.talk();
    for (let round = 0; round < (isLong ? 10 : 3); round += 1) {
      await progress(clients, 300);
      const victim = cluster.cores[round % 2];
      await victim?.process.kill();
      // The other alone.
      await progress(clients, 300);
      await victim?.process.start();
    }
    await progress(clients, 300);
    await expectPromisesKept(cluster, clients);
  },
  5 * MINUTES,
);

test(
  'Postgres restarts at once, without a word, while clients talk on two chat-cores: every promise is kept',
  async () => {
    await using cluster = await startCluster({ cores: 2, gateways: 3 });
    const clients = await enterAll(cluster, 24);
    for (const client of clients) client.talk();
    for (let round = 0; round < (isLong ? 10 : 3); round += 1) {
      await progress(clients, 300);
      await cluster.postgres.restartImmediately();
    }
    await progress(clients, 300);
    await expectPromisesKept(cluster, clients, 1);
  },
  5 * MINUTES,
);
