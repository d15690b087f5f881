import { isDeepStrictEqual } from 'node:util';
import type { ProbeState } from '@partyline/protocol';
import type { WatchRow } from '../../store/watches/rows.ts';

/** How often in a row something else has to be found, before it is believed to last. */
export const LEAST_PATIENCE = 2;
/** The same of a name that changes all the time. */
const MOST_PATIENCE = 64;
/** When nothing new was found for so many times its patience, a name is believed sooner again. */
export const CALM = 10;

export type Sightings = Pick<WatchRow, 'told' | 'seen' | 'times' | 'patience' | 'calm'>;

/** Nothing was found yet. */
export const unseen: Sightings = {
  ...{ told: null, seen: null, times: 0, patience: LEAST_PATIENCE, calm: 0 },
};

const settled = (it: Sightings): Sightings => {
  const { patience, calm } = it;
  const next = { ...it, seen: null, times: 0 };
  return calm + 1 < CALM * patience
    ? { ...next, calm: calm + 1 }
    : { ...next, calm: 0, patience: Math.max(LEAST_PATIENCE, Math.ceil(patience / 2)) };
};

/**
 * What is known of a watched name after one more look at it. Something else is only believed when it
 * is found several times in a row, and each change that is believed doubles how often the next has
 * to be found: a name that goes to and fro is told a few times, not each time.
 */
export const observed = (it: Sightings, state: ProbeState): Sightings => {
  if (it.told !== null && isDeepStrictEqual(it.told, state)) return settled(it);
  const times = it.seen !== null && isDeepStrictEqual(it.seen, state) ? it.times + 1 : 1;
  if (times < it.patience) return { ...it, seen: state, times, calm: 0 };
  const patience = it.told === null ? it.patience : Math.min(2 * it.patience, MOST_PATIENCE);
  return { told: state, seen: null, times: 0, calm: 0, patience };
};
