/** How often, at most, the log says what strangers can cause as often as they like. */
const SELDOM_MS = 10_000;

/**
 * Carries out what it is given at most once in a while, and tells it how many it left out since the
 * last time.
 */
export const seldom = (
  now: () => number = () => performance.now(),
): ((act: (leftOut: number) => void) => void) => {
  let next = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  return (act) => {
    if (now() < next) {
      leftOut += 1;
      return;
    }
    act(leftOut);
    leftOut = 0;
    next = now() + SELDOM_MS;
  };
};
