/** A table of Markdown. The first column is text, the others are numbers. */
export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** A number with as many digits as mean something. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '–';
  if (size >= 99.95) return Math.round(value).toLocaleString('en');
  if (size >= 9.995) return value.toFixed(1);
  return size >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
};

/** How many times `base` a value is. */
export const times = (value: number, base: number): string =>
  Number.isFinite(value / base) ? `${figure(value / base)}×` : '–';

/** The table as Markdown, its columns aligned in the source too. */
export const markdown = ({ columns, rows }: Table): string => {
  const widths = columns.map((column, at) =>
    Math.max(3, column.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(columns), rule, ...rows.map(line)].join('\n');
};
