import type { Line } from './line.ts';
import type { Theme } from './theme.ts';

/** What is on the screen, line by line, and where the cursor stands (from 0). */
export type Screen = {
  readonly lines: readonly Line[];
  readonly cursor: { readonly row: number; readonly column: number };
};

/** What was painted: the lines as they were written. */
export type Painted = readonly string[];

const lineText = (line: Line, theme: Theme): string =>
  line
    .map(({ text, style }) =>
      theme[style] === '' ? text : `\u001b[${theme[style]}m${text}\u001b[0m`,
    )
    .join('');

/** Terminals that know it show the whole change at once (https://contour-terminal.org/vt-extensions/synchronized-output/). */
const BEGIN = '\u001b[?2026h\u001b[?25l';
const END = '\u001b[?25h\u001b[?2026l';

/** What to write so that the screen shows this: only lines that differ from what was painted. */
export const paint = (
  screen: Screen,
  theme: Theme,
  before: Painted | undefined,
): readonly [written: string, painted: Painted] => {
  const painted = screen.lines.map((line) => lineText(line, theme));
  const changed = painted.flatMap((text, row) =>
    text === before?.[row] ? [] : [`\u001b[${row + 1};1H${text}\u001b[K`],
  );
  const { row, column } = screen.cursor;
  const place = `\u001b[${row + 1};${column + 1}H`;
  return [`${BEGIN}${changed.join('')}${place}${END}`, painted];
};
