import type { Found } from '../discovery/answer.ts';
import { type Address, parseAddress } from './address.ts';

/** Nearest to the plain wire first; TLS first where the caller said whom to trust. */
const preferred: readonly Address['over'][] = ['tcp', 'ws', 'tls', 'wss'];
const preferredSecure: readonly Address['over'][] = ['tls', 'wss', 'tcp', 'ws'];

/**
 * Addresses by which a server that was found may be reached, the likeliest first: its own name for
 * itself, and, since that name may be known to itself only, the address that it answered from.
 */
export const addressesOf = (
  { endpoints, from }: Found,
  wantsSecure: boolean,
): readonly Address[] => {
  const own = endpoints.flatMap((it) => {
    const address = it.includes('://') ? parseAddress(it) : undefined;
    return address === undefined || address.over === 'unix' ? [] : [address];
  });
  const order = wantsSecure ? preferredSecure : preferred;
  return order.flatMap((over) =>
    own
      .filter((it) => it.over === over)
      .flatMap((it) => [...from.map((host) => ({ ...it, host })), it]),
  );
};
