const LEAST_MS = 400;
const MOST_MS = 15_000;

/** How long to wait before the attempt after `attempt` failed ones; half of it by chance, so that clients don't come back all at once. */
export const backoffMs = (attempt: number, random: () => number): number => {
  const full = Math.min(MOST_MS, LEAST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random());
};
