import type { Connection, Dial } from '@partyline/client';
import type { Address } from '../address/address.ts';
import type { Trust } from '../address/trust.ts';
import { speakFrames } from './speak-frames.ts';
import { speakLines } from './speak-lines.ts';
import { openStream, type Unreachable, UnreachableError } from './stream.ts';

/** Reasons that trying again would not change. */
const final = new Set<Unreachable['code']>(['untrusted', 'pin-differs']);

/** Connects to an address, by whatever moves the bytes there; `tell` says why it can't in words. */
export const dialAddress =
  (address: Address, trust: Trust, tell: (why: Unreachable) => string): Dial =>
  (events) => {
    const hungUp = new AbortController();
    let connection: Connection | undefined;
    const connect = async (): Promise<void> => {
      const socket = await openStream(address, trust, hungUp.signal);
      if (hungUp.signal.aborted) {
        socket.destroy();
        return;
      }
      if (address.over === 'ws' || address.over === 'wss') {
        connection = speakFrames(socket, address, events);
        return;
      }
      connection = speakLines(socket, events);
      events.opened();
    };
    connect().catch((error: unknown) => {
      if (!(error instanceof UnreachableError)) throw error;
      const message = tell(error.why);
      if (final.has(error.why.code)) events.failed({ code: error.why.code, message });
      else events.closed({ reason: message });
    });
    return {
      send: (frame) => connection?.send(frame),
      hangUp: () => {
        hungUp.abort();
        connection?.hangUp();
      },
    };
  };
