import { openStream } from '../wire/stream.ts';
import type { Address } from './address.ts';
import type { Trust } from './trust.ts';

const TRY_MS = 2_000;

/** The first of some addresses that takes a connection; undefined when none does. */
export const firstReachable = async (
  addresses: readonly Address[],
  trust: Trust,
  stop: AbortSignal,
): Promise<Address | undefined> => {
  for (const address of addresses) {
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(TRY_MS)]);
      (await openStream(address, trust, signal)).destroy();
      return address;
    } catch {
      stop.throwIfAborted();
    }
  }
  return undefined;
};
