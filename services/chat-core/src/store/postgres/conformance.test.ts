import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@partyline/service/testing/postgres';
import { afterAll, beforeAll } from 'vitest';
import { storeConformance } from '../test/conformance.ts';
import { migratePostgres } from './migrate.ts';
import { openPostgresStore } from './open.ts';
import { connectionTo } from './pool.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
  await migratePostgres(connectionTo(await server.create('migrated')));
});
afterAll(() => server[Symbol.asyncDispose]());

let made = 0;
storeConformance('the store in Postgres', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  made += 1;
  const database = `store_${made}`;
  const url = await server.create(database, 'migrated');
  const onError = (): void => {};
  return {
    open: () => openPostgresStore({ url, folder, leaseMs: 5_000, onError }),
    clean: async () => {
      await rm(folder, { recursive: true });
      await server.drop(database);
    },
  };
});
