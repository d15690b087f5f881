import { setTimeout } from 'node:timers/promises';

const FIRST_MS = 50;
const LONGEST_MS = 2_000;
/** What no waiting mends, such as a wrong token, is tried again this seldom. */
export const HOPELESS_MS = 5_000;

/**
 * How long to wait before the next try after `failures` in a row: 50 ms doubled up to 2 s, less up
 * to a half at random, so that many instances that lost the same server don't come back at once.
 */
export const backoffMs = (failures: number, random: () => number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * (1 - random() / 2);

/** Waits; returns early, without an error, when the signal is aborted. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** By the process's own clock. */
export const systemSleep: Sleep = (ms, signal) =>
  setTimeout(ms, undefined, { signal }).catch(() => {});
