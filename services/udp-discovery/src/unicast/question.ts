/** What a datagram asks. */
export type Question =
  | { readonly asks: 'discover' }
  | { readonly asks: 'nothing'; readonly reason: 'not-json' | 'unknown-type' };

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parse = (datagram: Uint8Array): unknown => {
  try {
    return JSON.parse(utf8.decode(datagram));
  } catch {
    return undefined;
  }
};

/** Reads a datagram; whatever else than a question it holds is somebody's garbage, not an error to be told. */
export const readQuestion = (datagram: Uint8Array): Question => {
  const value = parse(datagram);
  if (typeof value !== 'object' || value === null) return { asks: 'nothing', reason: 'not-json' };
  return 'type' in value && value.type === 'discover'
    ? { asks: 'discover' }
    : { asks: 'nothing', reason: 'unknown-type' };
};
