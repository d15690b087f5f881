/** One figure for each process of a server; the last is of the one that holds the connections. */
export type Figures = readonly number[];

/** A way to make one figure of a server's. */
export type Part = { readonly name: string; readonly of: (figures: Figures) => number };

/** All processes together. */
export const whole: Part = {
  name: '',
  of: (figures) => figures.reduce((sum, it) => sum + it, 0),
};

const holder: Part = {
  name: '– its gateway alone',
  of: (figures) => figures.at(-1) ?? Number.NaN,
};

/** The rows that a table has for a server: one more if there is more than one process. */
export const partsOf = (figures: Figures): readonly Part[] =>
  figures.length > 1 ? [whole, holder] : [whole];
