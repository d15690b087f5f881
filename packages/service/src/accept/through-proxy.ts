import type { Log } from '../log.ts';
import { seldom } from '../seldom.ts';
import type { Arrival, Stage } from './arrival.ts';
import { readHead } from './head.ts';
import type { Proxies } from './proxies.ts';
import { readProxyHeader } from './proxy-header.ts';

export type ProxyOptions = {
  /** Who may speak for others. */
  readonly proxies: Proxies;
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

  const readHeader = (arrival: Arrival, next: (arrival: Arrival) => void): void => {
    const { socket, address: proxy } = arrival;
    const refuse = (reason: string): void => {
      refused();
      tell((others) =>
        log.warn({ proxy, reason, others }, 'a proxy sent no header of the PROXY protocol'),
      );
      socket.destroy();
    };
    let told: Pick<Arrival, 'address' | 'isSecure'> = {};
    let wrong: string | undefined;
    readHead(socket, {
      withinMs,
      look: (bytes) => {
        const header = readProxyHeader(bytes);
        if (header.type === 'partial') return undefined;
        if (header.type === 'bad') wrong = header.reason;
        else told = header.client;
        return header.type === 'bad' ? 0 : header.length;
      },
      found: () => {
        if (wrong !== undefined) refuse(wrong);
        else next({ ...arrival, ...told });
      },
      missed: (why) => {
        // A proxy that only looks whether the port is open.
        if (why === 'gone') socket.destroy();
        else refuse('it did not come in time');
      },
    });
  };

  return (arrival, next) => {
    const { socket, address } = arrival;
    if (address === undefined) {
      next(arrival);
      return;
    }
    // It may go while it is found out who it is.
    socket.on('error', ignore);
    void proxies.recognise(address).then((isProxy) => {
      socket.off('error', ignore);
      if (socket.destroyed) return;
      if (isProxy) readHeader(arrival, next);
      else next(arrival);
    });
  };
};

const ignore = (): void => {};
