import pg from 'pg';
import type { Jobs } from './job.ts';

type Column = { readonly name: string; readonly type: string };

/** Inserts rows into a table like the one of events, with nothing around it: as fast as the same rows can be kept. */
export const unnest = async (of: Jobs['unnest']['of']): Promise<Jobs['unnest']['gives']> => {
  const { url, batch, rooms, forMs } = of;
  const client = new pg.Client(url);
  await client.connect();
  await client.query('drop table if exists floor; create table floor (like events including all)');
  const { rows: columns } = await client.query<Column>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_name = 'events' order by ordinal_position`,
  );
  const { rows: written } = await client.query<Record<string, unknown>>(
    'select * from events limit 1',
  );
  const names = columns.map(({ name }) => `"${name}"`).join();
  const values = columns.map(({ type }, n) => `$${n + 1}::${type}[]`).join();
  const text = `insert into floor (${names}) select * from unnest(${values})`;
  const rowOf = (kept: number): Record<string, unknown> => ({
    ...written[0],
    id: `${kept}`,
    room: rooms === 'one' ? 'bench' : `bench${kept % batch}`,
    seq: 1 + (rooms === 'one' ? kept : Math.floor(kept / batch)),
  });

  let kept = 0;
  const began = performance.now();
  while (performance.now() < began + forMs) {
    const from = kept;
    const given = Array.from({ length: batch }, (_, n) => rowOf(from + n));
    const arrays = columns.map(({ name }) => given.map((row) => row[name]));
    await client.query({ name: 'floor', text, values: arrays });
    kept += batch;
  }
  const tookMs = performance.now() - began;
  await client.end();
  return { kept, tookMs };
};
