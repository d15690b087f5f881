import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const plain = /^[\x20-\x7e]*$/;

/** What a reader takes for characters (UAX #29). */
export const graphemes = (text: string): readonly string[] =>
  plain.test(text) ? [...text] : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How many cells of a terminal one grapheme takes: 0, 1 or 2. */
export const graphemeWidth = (grapheme: string): number =>
  plain.test(grapheme) ? grapheme.length : Math.min(2, stringWidth(grapheme));

/** How many cells a text without line ends takes. */
export const textWidth = (text: string): number =>
  plain.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);

/** As much of a text as fits into so many cells, with `…` where it was cut. */
export const clip = (text: string, width: number): string => {
  if (width <= 0) return '';
  if (textWidth(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += graphemeWidth(grapheme);
    if (used > width - 1) break;
    kept += grapheme;
  }
  return `${kept}…`;
};

/** A text clipped and filled up with spaces to exactly so many cells. */
export const fit = (text: string, width: number, side: 'left' | 'right' = 'left'): string => {
  const clipped = clip(text, width);
  const space = ' '.repeat(Math.max(0, width - textWidth(clipped)));
  return side === 'left' ? clipped + space : space + clipped;
};

/** A line may be broken after a space, and on either side of a wide character. */
const wrapLine = (line: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  /** Where the current line may be broken: so much text of it, and so many cells. */
  let breakAt = 0;
  let breakUsed = 0;
  const allowBreak = (): void => {
    breakAt = current.length;
    breakUsed = used;
  };
  for (const grapheme of graphemes(line)) {
    const wide = graphemeWidth(grapheme);
    if (wide === 2) allowBreak();
    if (used + wide > width && current !== '') {
      if (grapheme === ' ') {
        lines.push(current);
        current = '';
        used = 0;
        breakAt = 0;
        continue;
      }
      const cut = breakAt > 0 ? breakAt : current.length;
      lines.push(current.slice(0, cut).trimEnd());
      current = current.slice(cut);
      used = breakAt > 0 ? used - breakUsed : 0;
      breakAt = 0;
    }
    current += grapheme;
    used += wide;
    if (grapheme === ' ' || wide === 2) allowBreak();
  }
  lines.push(current);
  return lines;
};

/** A text as lines of at most so many cells; a single grapheme may be wider than a very narrow line. */
export const wrap = (text: string, width: number): readonly string[] =>
  text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
