/** A service that was ready for this long has recovered: its next crash counts as the first. */
export const recoveredAfterMs = 10_000;

/** How long to wait before starting a service again that has now crashed `crashes` times in a row. */
export const restartDelayMs = (crashes: number): number =>
  Math.min(100 * 2 ** (crashes - 1), 10_000);
