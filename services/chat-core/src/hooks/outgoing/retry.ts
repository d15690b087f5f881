const FIRST_MS = 1_000;
const LONGEST_MS = 600_000;

/**
 * How long to wait before the next try after `failures` in a row: a second doubled up to ten minutes,
 * less up to a half at random, so that hooks whose receivers came back don't call all at once.
 */
export const retryMs = (failures: number, random: () => number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 20)) * (1 - random() / 2);
