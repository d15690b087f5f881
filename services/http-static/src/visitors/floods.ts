import { type Problem, problem } from '@partyline/protocol';
import { addressBlock, Ration } from '@partyline/service';

/** Addresses remembered; beyond them the one that asked longest ago is forgotten. */
const ADDRESSES = 10_000;

/** How often one address may post something. */
export interface Floods {
  /** Counts a post; why it is one too many. */
  take(address: string): Problem | undefined;
}

export const createFloods = (
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  now: () => number,
): Floods => {
  const ration = new Ration({ burst, perSecond, sources: ADDRESSES, now });
  const seconds = Math.max(1, Math.ceil(1 / perSecond));
  return {
    take: (address) =>
      perSecond === 0 || ration.take(addressBlock(address), 1)
        ? undefined
        : problem('flood', { seconds }),
  };
};
