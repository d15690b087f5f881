import type { Line } from './line.ts';

/** A line of a conversation, and which line of which row it is. */
export type PlacedLine = { readonly line: Line; readonly key: string; readonly index: number };

/** What of a conversation is in view: its end, or a place that stays where it is while more comes. */
export type Scroll =
  | { readonly at: 'end' }
  /** This line is the topmost. */
  | { readonly at: 'row'; readonly key: string; readonly index: number };

export const atEnd: Scroll = { at: 'end' };

/** The first line in view. */
export const topOf = (lines: readonly PlacedLine[], height: number, scroll: Scroll): number => {
  const lowest = Math.max(0, lines.length - height);
  if (scroll.at === 'end') return lowest;
  const exact = lines.findIndex((it) => it.key === scroll.key && it.index === scroll.index);
  // The row may have fewer lines now, or may be gone from a window that moved.
  const top = exact === -1 ? lines.findIndex((it) => it.key === scroll.key) : exact;
  return top === -1 ? lowest : Math.min(top, lowest);
};

/** Where the view is after it was moved by so many lines, upwards when negative. */
export const scrollBy = (
  lines: readonly PlacedLine[],
  height: number,
  scroll: Scroll,
  by: number,
): Scroll => {
  const lowest = Math.max(0, lines.length - height);
  const top = Math.max(0, topOf(lines, height, scroll) + by);
  const line = lines[top];
  return top >= lowest || line === undefined
    ? atEnd
    : { at: 'row', key: line.key, index: line.index };
};
