import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Jobs } from '../load/job.ts';
import { startLoad } from '../load/load.ts';
import { startPartyline } from '../peers/partyline.ts';
import { inBatches, type Keeper } from './keeper.ts';

type Template = Pick<Jobs['insert']['of'], 'schema' | 'row'>;

/** The table that chat-core keeps events in, and a row as it wrote it. */
const readTemplate = async (): Promise<Template> => {
  await using system = await startPartyline('partyline json');
  await inBatches('partyline bus', system.bus)(1, 0);
  using database = new DatabaseSync(join(system.folder, 'partyline.db'), { readOnly: true });
  const schema = database
    .prepare(`select sql from sqlite_master where tbl_name = 'events' and sql is not null`)
    .all()
    .map(({ sql }) => String(sql));
  const row = database.prepare('select * from events limit 1').get();
  return { schema, row: { ...row } as Template['row'] };
};

/** The floor: the same rows in the same table by the same library, and nothing else. */
export const sqlite = (name: string, rooms: Keeper['rooms']): Keeper => ({
  name,
  rooms,
  start: async () => {
    await using cleanup = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'partyline-bench-'));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    const template = await readTemplate();
    const owned = cleanup.move();
    return {
      keep: async (batch, forMs) => {
        await using load = startLoad();
        return await load.do('insert', { ...template, folder, batch, rooms, forMs });
      },
      [Symbol.asyncDispose]: () => owned.disposeAsync(),
    };
  },
});
