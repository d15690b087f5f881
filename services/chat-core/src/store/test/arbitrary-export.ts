import { toLine } from '@partyline/protocol';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { type AnyRow, everyTable, type TableName } from '../every-table.ts';
import type { Database } from '../schema.ts';
import { columnName } from '../statements/statement.ts';
import type { ColumnType } from '../tables.ts';
import { createTally, headLine } from '../transfer/format.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((it) => !it.includes('\0'));

const isStorable = (value: unknown): boolean => !JSON.stringify(value).includes('\\u0000');

const anyOf: Readonly<Record<ColumnType, fc.Arbitrary<unknown>>> = {
  text,
  integer: fc.maxSafeInteger(),
  json: fc
    .dictionary(text, fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }), { maxKeys: 3 })
    .filter(isStorable),
};

type Column = { readonly member: string; readonly type: ColumnType; readonly isNullable: boolean };

/** Rows with any values; texts and numbers of a table are all different, as its keys want it. */
const rowsOf = (columns: readonly Column[], most: number): fc.Arbitrary<AnyRow[]> => {
  const entries = columns.map(({ member, type, isNullable }) => {
    const any = member === 'told' && type === 'integer' ? fc.constantFrom(0, 1) : anyOf[type];
    return [member, isNullable ? fc.option(any) : any] as const;
  });
  return fc.array(fc.record(Object.fromEntries(entries)), { maxLength: most }).map((rows) =>
    rows.map((row, n) =>
      Object.fromEntries(
        columns.map(({ member, type }) => {
          const value = row[member];
          const isAlone = type === 'text' && typeof value === 'string';
          return [member, isAlone ? `${value}#${n}` : value];
        }),
      ),
    ),
  );
};

/** Logs that are whole: rooms, and the last events of each. */
const logs = (
  rooms: readonly AnyRow[],
  events: readonly AnyRow[],
): Record<'rooms' | 'events', readonly AnyRow[]> => {
  const share = rooms.length === 0 ? 0 : Math.floor(events.length / rooms.length);
  const first = (n: number): number => n * 7 + 1;
  return {
    rooms: rooms.map((it, n) => ({ ...it, seq: share === 0 ? 0 : first(n) + share - 1 })),
    events: rooms.flatMap(({ room }, n) =>
      events
        .slice(n * share, (n + 1) * share)
        .map((it, index) => ({ ...it, room, seq: first(n) + index })),
    ),
  };
};

/** The text of an export. */
export const exportText = (
  schema: string,
  tables: Readonly<Record<string, readonly AnyRow[]>>,
): string => {
  const tally = createTally();
  const lines = [headLine(schema, '00112233aabbccdd')];
  for (const [table, rows] of Object.entries(tables))
    for (const row of rows) {
      lines.push(toLine({ table, row }));
      tally.count(table, 1);
    }
  for (const it of lines) tally.line(it);
  return [...lines, toLine(tally.foot())].join('');
};

/** Exports of any rows that a database's columns hold, `most` of each table. */
export const arbitraryExport = async (
  db: Kysely<Database>,
  schema: string,
  most = 12,
): Promise<fc.Arbitrary<string>> => {
  const found = await db.introspection.getTables();
  const arbitraries = (Object.keys(everyTable) as TableName[]).map((table) => {
    const its = found.find((it) => it.name === table)?.columns ?? [];
    const columns = Object.entries(everyTable[table].columns).map(([member, type]) => {
      const name = columnName(member).slice(1, -1);
      return { member, type, isNullable: its.find((it) => it.name === name)?.isNullable ?? false };
    });
    return [table, rowsOf(columns, table === 'events' ? 4 * most : most)] as const;
  });
  return fc.record(Object.fromEntries(arbitraries)).map((tables) => {
    const audit = (tables.audit ?? []).map((it, n) => ({ ...it, n: n + 1 }));
    const whole = logs(tables.rooms ?? [], tables.events ?? []);
    return exportText(schema, { ...tables, ...whole, audit });
  });
};
