/** A process's counters, and how long it had been up when it had counted so far. */
export type Counted<Name extends string> = {
  readonly uptimeMs: number;
  readonly totals: Readonly<Record<Name, number>>;
};

const hundredths = (it: number): number => Math.round(it * 100) / 100;

/** By how much counters went up a second between two looks at them; 0 when nothing can be told. */
export const ratesOf = <Name extends string>(
  before: Counted<Name> | undefined,
  after: Counted<Name>,
): Record<Name, number> => {
  const seconds = before === undefined ? 0 : (after.uptimeMs - before.uptimeMs) / 1_000;
  const names = Object.keys(after.totals) as Name[];
  const rates = names.map((name) => {
    const more = after.totals[name] - (before?.totals[name] ?? 0);
    // A process that began anew counts anew.
    return [name, seconds > 0 && more > 0 ? hundredths(more / seconds) : 0] as const;
  });
  return Object.fromEntries(rates) as Record<Name, number>;
};
