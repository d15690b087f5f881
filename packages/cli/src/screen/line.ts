import { graphemes, graphemeWidth, textWidth } from './cells.ts';

/** What a part of the screen is, which themes give looks. */
export type Style =
  | 'text'
  | 'quiet'
  | 'bar'
  | 'barStrong'
  | 'barAlarm'
  | 'current'
  | 'unread'
  | 'mention'
  | 'error'
  | 'mine'
  | 'rule'
  | `nick${0 | 1 | 2 | 3 | 4 | 5}`;

/** A piece of a line, of one style. */
export type Span = { readonly text: string; readonly style: Style };

/** One line of the screen. */
export type Line = readonly Span[];

export const span = (text: string, style: Style = 'text'): Span => ({ text, style });

export const lineWidth = (line: Line): number =>
  line.reduce((sum, { text }) => sum + textWidth(text), 0);

/** A line cut or filled up to exactly so many cells. */
export const fitLine = (line: Line, width: number, filling: Style = 'text'): Line => {
  const fitted: Span[] = [];
  let left = width;
  for (const { text, style } of line) {
    let kept = '';
    for (const grapheme of graphemes(text)) {
      const cells = graphemeWidth(grapheme);
      if (cells > left) {
        // A wide character that is cut in two would be shown as nothing or something else.
        if (left > 0)
          fitted.push({ text: kept, style }, { text: ' '.repeat(left), style: filling });
        else fitted.push({ text: kept, style });
        return fitted;
      }
      kept += grapheme;
      left -= cells;
    }
    if (kept !== '') fitted.push({ text: kept, style });
  }
  if (left > 0) fitted.push({ text: ' '.repeat(left), style: filling });
  return fitted;
};

/** A text to the left and one to the right, the right one given up first. */
export const spread = (left: Line, right: Line, width: number, filling: Style): Line => {
  const space = width - lineWidth(left) - lineWidth(right);
  return space < 1
    ? fitLine(left, width, filling)
    : [...left, { text: ' '.repeat(space), style: filling }, ...right];
};
