const ascending = (values: readonly number[]): readonly number[] =>
  values.toSorted((a, b) => a - b);

/** The smallest value that at least the share `q` of all values is not above (nearest rank). NaN of nothing. */
export const quantile = (values: readonly number[], q: number): number =>
  ascending(values)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? Number.NaN;

/** The value in the middle, or between the two there. NaN of nothing. */
export const median = (values: readonly number[]): number => {
  const sorted = ascending(values);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};
