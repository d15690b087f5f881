import { sql } from 'kysely';
import { type AnyRow, everyTable, type TableName } from '../every-table.ts';
import type { Flavour } from '../flavour.ts';
import { setEpoch } from '../log-end.ts';
import { holeSql, holeText, type LogHole } from '../log-holes.ts';
import { newestSchema } from '../migrator.ts';
import type { EventRow } from '../rows.ts';
import type { Db } from '../statements/statement.ts';
import { insert } from '../statements/upsert.ts';
import { StoreError } from '../store-error.ts';
import { readExport } from './read.ts';
import { rowChecks } from './row-check.ts';
import { TransferError } from './transfer-error.ts';

/** Rows that are written at once. */
const BATCH_ROWS = 500;

export type ImportOptions = {
  readonly flavour: Flavour;
  /** The log goes on as it was exported, nothing having been said since: cursors hold. */
  readonly isSameLog: boolean;
  /** Told of events as they are written. */
  readonly onEvents?: (db: Db, events: readonly EventRow[]) => Promise<void>;
};

const checkEmpty = async (db: Db): Promise<void> => {
  for (const table of Object.keys(everyTable)) {
    const { rows } = await sql`select 1 from ${sql.raw(table)} limit 1`.execute(db);
    if (rows.length > 0)
      throw new StoreError(
        `There is something in the store already (${table} has rows): an export is imported into an empty one. Nothing was imported.`,
      );
  }
};

const checkLogs = async (db: Db): Promise<void> => {
  const { rows } = await sql.raw<LogHole>(holeSql).execute(db);
  const [hole] = rows;
  if (hole !== undefined)
    throw new StoreError(`The export has ${holeText(hole)}. Nothing was imported.`);
};

const batches = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH_ROWS) }, (_, n) =>
    items.slice(n * BATCH_ROWS, (n + 1) * BATCH_ROWS),
  );

/**
 * Takes an export into an empty database. `db` is a transaction: when it rejects, nothing of it may
 * be kept. Gives how many rows each table has.
 */
export const importExport = async (
  db: Db,
  bytes: AsyncIterable<Buffer>,
  { flavour, isSameLog, onEvents }: ImportOptions,
): Promise<Readonly<Record<string, number>>> => {
  await checkEmpty(db);
  const names = Object.keys(everyTable) as TableName[];
  const writers = new Map(names.map((it) => [it, insert<AnyRow>(flavour, everyTable[it])]));
  const counts: Record<string, number> = {};

  const write = async (table: TableName, rows: readonly AnyRow[], line: number): Promise<void> => {
    try {
      await writers.get(table)?.(db, rows);
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      const where = `one of the lines up to ${line + rows.length - 1} can't be written`;
      throw new TransferError(line, `${where} to ${table}: ${why}`, error);
    }
    if (table === 'events') await onEvents?.(db, rows as unknown as readonly EventRow[]);
    counts[table] = (counts[table] ?? 0) + rows.length;
  };

  for await (const it of readExport(bytes, newestSchema(flavour), await rowChecks(db))) {
    if (it.type === 'head') await setEpoch(db, it.head.epoch, isSameLog);
    else
      for (const [index, rows] of batches(it.rows).entries())
        await write(it.table, rows, it.line + index * BATCH_ROWS);
  }
  await checkLogs(db);
  return counts;
};
