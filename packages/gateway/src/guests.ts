import { createHmac } from 'node:crypto';
import { nickKey } from '@partyline/protocol';

/** Bytes of a guest's name: enough that few share one, few enough to be said. */
const NAME_BYTES = 3;

/**
 * What guests are called who give no name, and as whom they are known: the same again for the same
 * address and name, so that a repeated message is stored once and a mute holds. Nobody who doesn't
 * know the key can tell an address from a name, or be another's session.
 */
export interface Guests {
  /** A name for somebody who does something; each further `attempt` is another. */
  nameOf(address: string, doing: 'speaks' | 'reads', attempt: number): string;
  /** `SESSION.SECRET` of a guest who passes through. */
  tokenOf(address: string, nick: string): string;
}

export const createGuests = (key: string): Guests => {
  const digest = (...parts: readonly string[]): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify(['partyline guest', ...parts]))
      .digest();
  return {
    nameOf: (address, doing, attempt) => {
      const number = digest('name', address, doing, `${attempt}`).readUIntBE(0, NAME_BYTES);
      return `guest-${number.toString(36).padStart(5, '0')}`;
    },
    tokenOf: (address, nick) => {
      const bytes = digest('session', address, nickKey(nick));
      const session = bytes.subarray(0, 12).toString('base64url');
      const secret = digest('secret', session).subarray(0, 24).toString('base64url');
      return `${session}.${secret}`;
    },
  };
};
