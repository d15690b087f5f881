import { LineSplitter } from '@partyline/protocol';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type AnyRow, everyTable, type TableName } from '../every-table.ts';
import { createTally, type Head, LINE_BYTES } from './format.ts';
import type { RowCheck } from './row-check.ts';
import { TransferError } from './transfer-error.ts';

/** What is read of an export: its head, then rows, as many at once as came together. */
export type Read =
  | { readonly type: 'head'; readonly head: Head }
  | {
      readonly type: 'rows';
      readonly table: TableName;
      readonly rows: readonly AnyRow[];
      /** The line of the first. */
      readonly line: number;
    };

const isHead = Compile(
  Type.Object({
    ...{ format: Type.Literal('partyline-export'), version: Type.Number() },
    ...{ schema: Type.String(), epoch: Type.String({ pattern: '^[0-9a-f]{16}$' }) },
  }),
);
const isRow = Compile(
  Type.Object({ table: Type.String(), row: Type.Record(Type.String(), Type.Unknown()) }),
);
const isFoot = Compile(
  Type.Object({ rows: Type.Record(Type.String(), Type.Integer()), sha256: Type.String() }),
);

const parse = (text: string, line: number): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TransferError(line, 'is not JSON', error);
  }
};

const headOf = (value: unknown, schema: string): Head => {
  if (!isHead.Check(value))
    throw new TransferError(1, 'is not the first line of an export ("format":"partyline-export")');
  if (value.version !== 1)
    throw new TransferError(
      1,
      `version must be 1, and is ${value.version}: take a newer chat-core`,
    );
  if (value.schema !== schema)
    throw new TransferError(
      1,
      `schema must be ${schema}, and is ${value.schema}: import it with the release that exported it`,
    );
  return value as Head;
};

async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const splitter = new LineSplitter(LINE_BYTES);
  let line = 0;
  const checked = ({ lines, tooLong }: ReturnType<LineSplitter['push']>): readonly string[] => {
    if (tooLong > 0)
      throw new TransferError(line + lines.length + 1, `a line has at most ${LINE_BYTES} bytes`);
    line += lines.length;
    return lines;
  };
  for await (const chunk of bytes) yield checked(splitter.push(chunk));
  yield checked(splitter.end());
}

/**
 * Reads an export of a schema and looks at every line: throws a TransferError at the first that is wrong, and at
 * the end when there were others than its last line says.
 */
export async function* readExport(
  bytes: AsyncIterable<Buffer>,
  schema: string,
  check: RowCheck,
): AsyncGenerator<Read> {
  const tally = createTally();
  let line = 0;
  let isOver = false;
  for await (const texts of linesOf(bytes)) {
    let run: { table: TableName; rows: AnyRow[]; line: number } | undefined;
    for (const text of texts) {
      line += 1;
      const value = parse(text, line);
      if (isOver) throw new TransferError(line, 'comes after the last line of the export');
      if (line === 1) {
        yield { type: 'head', head: headOf(value, schema) };
      } else if (isFoot.Check(value)) {
        const { rows, sha256 } = tally.foot();
        if (JSON.stringify(rows) !== JSON.stringify(value.rows) || sha256 !== value.sha256)
          throw new TransferError(line, 'tells of other lines than there are: they were changed');
        isOver = true;
        continue;
      } else {
        if (!isRow.Check(value) || !Object.hasOwn(everyTable, value.table))
          throw new TransferError(
            line,
            `must be {"table":…,"row":{…}}, with one of the tables ${Object.keys(everyTable).join(', ')}`,
          );
        const table = value.table as TableName;
        check(table, value.row, line);
        tally.count(table, 1);
        if (run !== undefined && run.table !== table) {
          yield { type: 'rows', ...run };
          run = undefined;
        }
        run ??= { table, rows: [], line };
        run.rows.push(value.row);
      }
      tally.line(`${text}\n`);
    }
    if (run !== undefined) yield { type: 'rows', ...run };
  }
  if (!isOver)
    throw new TransferError(
      line + 1,
      'the export ends here, without its last line: it was cut off',
    );
}
