import { busAddresses } from '@partyline/protocol';

/** Where a bus is served, as undici's clients want it. */
export type Address = { readonly origin: string; readonly socketPath?: string };

const UNIX = 'unix:';

/** Reads `unix:/path/bus.sock` or `http://host:7301`; throws when it is neither. */
export const readAddress = (url: string): Address => {
  if (url.startsWith(UNIX) && url.length > UNIX.length)
    return { origin: 'http://bus', socketPath: url.slice(UNIX.length) };
  const parsed = URL.parse(url);
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:')
    return { origin: parsed.origin };
  throw new Error(`The address of the bus is unix:PATH or http://HOST:PORT, not ${url}`);
};

/** The same of several chat-cores: at least one. */
export const readAddresses = (text: string): readonly [Address, ...Address[]] =>
  busAddresses(text).map(readAddress) as [Address, ...Address[]];
