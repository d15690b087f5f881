import { setImmediate as turn } from 'node:timers/promises';
import { toLine } from '@partyline/protocol';
import { everyTable, type TableName } from '../every-table.ts';
import type { Flavour } from '../flavour.ts';
import { readEpoch } from '../log-end.ts';
import { newestSchema, schemaOf } from '../migrator.ts';
import type { Db } from '../statements/statement.ts';
import { StoreError } from '../store-error.ts';
import { createTally, headLine, type RowLine } from './format.ts';
import { rowsOf } from './rows-of.ts';

/**
 * Everything that is kept, as the lines of an export, many at a time. `db` shows one moment all
 * along; the others' turn comes after every page.
 */
export async function* exportLines(db: Db, flavour: Flavour): AsyncGenerator<string> {
  const tally = createTally();
  const schema = await schemaOf(db);
  if (schema !== newestSchema(flavour))
    throw new StoreError(
      `The database is of another release (its schema is ${schema ?? 'none'}, and that of this one ${newestSchema(flavour)}): export it with that one. Nothing was exported.`,
    );
  const epoch = await readEpoch(db);
  if (epoch === undefined) throw new StoreError('There is no log yet. Nothing was exported.');
  const head = headLine(schema, epoch);
  tally.line(head);
  yield head;
  for (const [table, its] of Object.entries(everyTable) as [TableName, never][])
    for await (const rows of rowsOf(db, its)) {
      const text = rows.map((row) => toLine({ table, row } satisfies RowLine)).join('');
      tally.line(text);
      tally.count(table, rows.length);
      yield text;
      await turn();
    }
  yield toLine(tally.foot());
}
