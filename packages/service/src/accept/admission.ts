import { addressBlock } from '../address-block.ts';

/** What becomes of a client: it is served, told why it isn't, or dropped without a word. */
export type Verdict = 'served' | 'full' | 'crowded' | 'dropped';

/** What one client takes up, until it leaves. */
export type Place = {
  readonly verdict: Verdict;
  /** What it counts as among those of its address; undefined for clients of this machine. */
  readonly block: string | undefined;
};

export type AdmissionRules = {
  /** Clients served at once. */
  readonly maxConnections: number;
  /** Clients served at once of one address, an IPv6 /64 being one; 0 is no limit. */
  readonly maxPerAddress: number;
};

/** Clients who are told at once why they aren't served; more of them are dropped. */
const TOLD_AT_ONCE = 100;

/** Who is let in. Pure but for its counts. */
export class Admission {
  readonly #rules: AdmissionRules;
  readonly #ofBlock = new Map<string, number>();
  #served = 0;
  #told = 0;

  constructor(rules: AdmissionRules) {
    this.#rules = rules;
  }

  /** Somebody came; each place that was given must be left once. */
  enter(address: string | undefined): Place {
    const block = address === undefined || isLocal(address) ? undefined : addressBlock(address);
    const verdict = this.#judge(block);
    if (verdict === 'served') {
      this.#served += 1;
      if (block !== undefined) this.#ofBlock.set(block, this.#of(block) + 1);
    } else if (verdict !== 'dropped') {
      this.#told += 1;
    }
    return { verdict, block };
  }

  leave({ verdict, block }: Place): void {
    if (verdict === 'served') {
      this.#served -= 1;
      if (block === undefined) return;
      const left = this.#of(block) - 1;
      if (left > 0) this.#ofBlock.set(block, left);
      else this.#ofBlock.delete(block);
    } else if (verdict !== 'dropped') {
      this.#told -= 1;
    }
  }

  #judge(block: string | undefined): Verdict {
    const { maxConnections, maxPerAddress } = this.#rules;
    const isFull = this.#served >= maxConnections;
    const isCrowded = block !== undefined && maxPerAddress > 0 && this.#of(block) >= maxPerAddress;
    if (!isFull && !isCrowded) return 'served';
    if (this.#told >= TOLD_AT_ONCE) return 'dropped';
    return isFull ? 'full' : 'crowded';
  }

  #of(block: string): number {
    return this.#ofBlock.get(block) ?? 0;
  }
}

/** Proxies and programs of this machine stand for many clients. */
const isLocal = (address: string): boolean => address === '::1' || address.startsWith('127.');
