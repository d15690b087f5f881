import { type Announcement, readDatagram, unseal } from '@partyline/lan';

/** A server as it told of itself, and the addresses from which it did. */
export type Found = Pick<Announcement, 'name' | 'version' | 'endpoints'> & {
  readonly from: readonly string[];
};

/** What an announcement tells. */
export const foundBy = ({ name, version, endpoints }: Announcement, from: string): Found => ({
  ...{ name, version, endpoints, from: [from] },
});

/** What a datagram tells of a server; undefined when it tells of none. With a key, only what is sealed with it is believed. */
export const readAnswer = (datagram: Uint8Array, from: string, key?: string): Found | undefined => {
  const body = unseal(datagram, key);
  const it = body && readDatagram(body);
  return it?.type === 'partyline' ? foundBy(it, from) : undefined;
};

/** The same server answers from each of its addresses; once is enough. */
export const withFound = (known: readonly Found[], found: Found): readonly Found[] => {
  const same = (it: Found): boolean =>
    it.name === found.name && it.endpoints.join() === found.endpoints.join();
  if (!known.some(same)) return [...known, found];
  return known.map((it) =>
    same(it) ? { ...it, from: [...new Set([...it.from, ...found.from])] } : it,
  );
};
