import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Jobs } from './job.ts';

/** Inserts rows into a new database, with nothing around it: as fast as the same rows can be kept. */
export const insert = (of: Jobs['insert']['of']): Jobs['insert']['gives'] => {
  const { folder, schema, row, batch, rooms, forMs } = of;
  using database = new DatabaseSync(join(mkdtempSync(join(folder, 'floor-')), 'floor.db'));
  // As chat-core has them.
  database.exec(`pragma journal_mode = wal; pragma synchronous = full;
    pragma wal_autocheckpoint = 16384; pragma cache_size = -65536`);
  for (const statement of schema) database.exec(statement);
  const columns = Object.keys(row);
  const insertion = database.prepare(
    `insert into events (${columns.map((it) => `"${it}"`).join()})
     values (${columns.map((it) => `:${it}`).join()})`,
  );
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');

  let kept = 0;
  const began = performance.now();
  while (performance.now() < began + forMs) {
    begin.run();
    for (const end = kept + batch; kept < end; kept += 1)
      insertion.run({
        ...row,
        id: `${kept}`,
        room: rooms === 'one' ? 'bench' : `bench${kept % batch}`,
        seq: 1 + (rooms === 'one' ? kept : Math.floor(kept / batch)),
      });
    commit.run();
  }
  return { kept, tookMs: performance.now() - began };
};
