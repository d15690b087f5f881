import { randomInt } from 'node:crypto';
import type { Reply } from './message.ts';
import { askOverTcp } from './over-tcp.ts';
import { askOverUdp } from './over-udp.ts';
import type { DnsServer } from './server.ts';

/** What came of a question, and how it came. */
export type Exchange =
  | { readonly reply: Reply; readonly via: 'udp' | 'tcp' }
  | { readonly failure: 'timeout' | 'unreachable' };

/** Asks a server: over UDP, and over TCP when its answer doesn't fit. Never rejects. */
export const exchange = async (
  server: DnsServer,
  question: { readonly name: string; readonly type: string },
  timeoutMs: number,
): Promise<Exchange> => {
  const signal = AbortSignal.timeout(timeoutMs);
  const asked = { ...question, id: randomInt(2 ** 16) };
  try {
    const short = await askOverUdp(server, asked, signal);
    if (!short.truncated) return { reply: short, via: 'udp' };
    return { reply: await askOverTcp(server, asked, signal), via: 'tcp' };
  } catch {
    return { failure: signal.aborted ? 'timeout' : 'unreachable' };
  }
};
