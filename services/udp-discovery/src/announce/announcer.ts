import type { Outlets } from './outlets.ts';

/** Several servers that were started together shall not always speak at once. */
const JITTER = 0.1;

/** Says again and again that it is here. */
export const announce = (options: {
  /** What is said; nothing while nothing is known. */
  readonly announcement: () => Buffer | undefined;
  readonly outlets: Pick<Outlets, 'broadcast' | 'multicast'>;
  readonly broadcasts: boolean;
  readonly everyMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}): Disposable => {
  const { announcement, outlets, broadcasts, everyMs, random } = options;
  let timer: NodeJS.Timeout;
  const later = (): void => {
    timer = setTimeout(say, everyMs * (1 - JITTER + 2 * JITTER * random()));
  };
  const say = (): void => {
    const datagram = announcement();
    if (datagram !== undefined) {
      outlets.multicast(datagram);
      if (broadcasts) outlets.broadcast(datagram);
    }
    later();
  };
  later();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
};
