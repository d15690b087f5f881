import { type BlockList, isIPv6 } from 'node:net';
import type { Log } from '../log.ts';
import { seldom } from '../seldom.ts';
import type { Arrival, Stage } from './arrival.ts';
import { readHead } from './head.ts';
import { readProxyHeader } from './proxy-header.ts';

export type ProxyOptions = {
  /** Who may speak for others. */
  readonly proxies: BlockList;
  /** How long the header may take. */
  readonly withinMs: number;
  readonly log: Log;
  /** A connection of a proxy came without a header that can be read. */
  refused(): void;
};

/**
 * Takes clients of the stated proxies for who the PROXY protocol says they are. Such a proxy must
 * send its header: to guess whether it did would let clients behind it forge one.
 */
export const throughProxy = (options: ProxyOptions): Stage => {
  const { proxies, withinMs, log, refused } = options;
  const tell = seldom();
  const isProxy = ({ address }: Arrival): boolean =>
    address !== undefined && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

  return (arrival, next) => {
    if (!isProxy(arrival)) {
      next(arrival);
      return;
    }
    const { socket, address: proxy } = arrival;
    const refuse = (reason: string): void => {
      refused();
      tell((others) =>
        log.warn({ proxy, reason, others }, 'a proxy sent no header of the PROXY protocol'),
      );
      socket.destroy();
    };
    let address: string | undefined;
    let wrong: string | undefined;
    readHead(socket, {
      withinMs,
      look: (bytes) => {
        const header = readProxyHeader(bytes);
        if (header.type === 'partial') return undefined;
        if (header.type === 'bad') wrong = header.reason;
        else address = header.address;
        return header.type === 'bad' ? 0 : header.length;
      },
      found: () => {
        if (wrong !== undefined) refuse(wrong);
        else next(address === undefined ? arrival : { ...arrival, address });
      },
      missed: (why) => {
        // A proxy that only looks whether the port is open.
        if (why === 'gone') socket.destroy();
        else refuse('it did not come in time');
      },
    });
  };
};
