import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { addressRanges } from '../address-ranges.ts';
import { plainAddress } from '../plain-address.ts';

/** Proxies that are believed whom they speak for. */
export interface Proxies {
  /** Whether an address is that of one of them, as far as is known. */
  has(address: string): boolean;
  /**
   * The same, after names were looked up anew when it is none that is known: a proxy may have
   * been started elsewhere since. This machine itself is found by no name.
   */
  recognise(address: string): Promise<boolean>;
}

/** The addresses of a host name; rejects when none are found. */
export type LookUp = (name: string) => Promise<readonly string[]>;

/** A host name; one whose last part is a number is a misspelled address. */
const hostName = /^(?:[\w-]+\.)*(?!\d+\.?$)[\w-]+\.?$/;

/** Whether a text tells proxies: an address, a range of them, or a host name. */
export const isProxyEntry = (text: string): boolean =>
  addressRanges([text]) !== undefined || hostName.test(text);

/** The proxies that addresses, ranges and host names tell. */
export const createProxies = (entries: readonly string[], lookUp: LookUp = lookUpHost): Proxies => {
  const isRange = (text: string): boolean => addressRanges([text]) !== undefined;
  const listed = addressRanges(entries.filter(isRange)) ?? new BlockList();
  const names = entries.filter((it) => !isRange(it));
  const foundBefore = new Map<string, readonly string[]>();
  let named = new BlockList();
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const lookAt = async (name: string): Promise<void> => {
    try {
      foundBefore.set(name, await lookUp(name));
    } catch {
      // It may be down, or what answers for it; who it was before, it still is then.
    }
  };
  const look = async (): Promise<void> => {
    await Promise.all(names.map(lookAt));
    named = addressRanges([...foundBefore.values()].flat()) ?? new BlockList();
  };
  /** One look for all who wait, begun after each of them came. */
  const lookAnew = (): Promise<void> => {
    next ??= running.then(() => {
      next = undefined;
      running = look();
      return running;
    });
    return next;
  };

  const has = (address: string): boolean => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    return listed.check(address, family) || named.check(address, family);
  };
  return {
    has,
    recognise: async (address) => {
      const isSettled = names.length === 0 || loopback.test(address) || has(address);
      if (!isSettled) await lookAnew();
      return has(address);
    },
  };
};

const loopback = /^(?:127\.|::1$)/;

const lookUpHost: LookUp = async (name) =>
  (await lookup(name, { all: true })).map(({ address }) => plainAddress(address));
