import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeConformance } from '../test/conformance.ts';
import { openSqliteStore } from './open.ts';

storeConformance('the store in SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-store-'));
  return {
    open: () => openSqliteStore(folder),
    clean: () => rm(folder, { recursive: true }),
  };
});
