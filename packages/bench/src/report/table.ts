/** A table of Markdown. The first column is text, the others are numbers. */
export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** A number with three digits that count. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(Math.abs(value) >= 1 ? 3 : 2);
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
