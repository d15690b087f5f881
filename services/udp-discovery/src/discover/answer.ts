/** What discovery knows of the line. */
export type Knowledge = {
  readonly name: string;
  readonly version: string;
  /** URLs of everything that clients may connect to. */
  readonly endpoints: readonly string[];
};

/** The longest answer: what fits the least MTU of IPv6 (RFC 8200 §5: 1280), so that none is ever in fragments. */
export const ANSWER_BYTES = 1_232;

const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const schemeOf = (url: string): string => url.slice(0, url.indexOf(':'));

/** One endpoint of every scheme, then the second ones, and so on: a short answer names every wire. */
const everyWireFirst = (endpoints: readonly string[]): readonly string[] => {
  const wires = [...Map.groupBy([...endpoints].sort(), schemeOf).values()];
  const longest = Math.max(0, ...wires.map((wire) => wire.length));
  return Array.from({ length: longest }, (_, rank) =>
    wires.flatMap((wire) => wire.slice(rank, rank + 1)),
  ).flat();
};

/**
 * The answer to a discover, in at most `limitBytes`: as many endpoints as fit. When some don't,
 * `more` counts them and `pad` is how long a request must be to be told all that one answer can.
 * When not even the name fits, only `pad` is told; undefined when that doesn't fit either.
 */
export const discoveryAnswer = (
  { name, version, endpoints }: Knowledge,
  limitBytes: number,
): Buffer | undefined => {
  const limit = Math.min(limitBytes, ANSWER_BYTES);
  const ordered = everyWireFirst(endpoints);
  const head = { type: 'partyline', name, version } as const;
  const whole = bytesOf({ ...head, endpoints: ordered });
  if (whole.length <= limit) return whole;

  const pad = Math.min(whole.length, ANSWER_BYTES);
  for (let told = ordered.length - 1; told > 0; told -= 1) {
    const part = { ...head, endpoints: ordered.slice(0, told), more: ordered.length - told, pad };
    const bytes = bytesOf(part);
    if (bytes.length <= limit) return bytes;
  }
  const hint = bytesOf({ pad });
  return hint.length <= limit ? hint : undefined;
};
