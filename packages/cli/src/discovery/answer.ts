/** A server as it told of itself, and the addresses from which it did. */
export type Found = {
  readonly name: string;
  readonly version: string;
  /** URLs of everything that clients may connect to. */
  readonly endpoints: readonly string[];
  readonly from: readonly string[];
};

/** Names and URLs longer than this aren't ours. */
const TEXT_CHARACTERS = 256;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= TEXT_CHARACTERS && /^[^\p{Cc}\p{Cf}]*$/u.test(value);

/** What a datagram tells of a server; undefined when it tells of none. Anybody may have sent it. */
export const readAnswer = (datagram: Uint8Array, from: string): Found | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(datagram));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type, name, version, endpoints }: Record<string, unknown> = { ...value };
  if (type !== 'partyline' || !isText(name) || !isText(version)) return undefined;
  if (!Array.isArray(endpoints) || !endpoints.every(isText)) return undefined;
  return { name, version, endpoints, from: [from] };
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
