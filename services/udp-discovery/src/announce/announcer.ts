import { ANSWER_BYTES, discoveryAnswer, type Knowledge } from '../discover/answer.ts';
import type { Outlets } from './outlets.ts';

/** Several servers that were started together shall not always speak at once. */
const JITTER = 0.1;

/** Says again and again where the server is, and how far the feed has come. */
export const announce = (options: {
  /** Nothing is announced while nothing is known. */
  readonly knowledge: () => Knowledge | undefined;
  readonly feed: { tellHeads(): void };
  readonly seal: (announcement: Buffer) => Buffer;
  readonly outlets: Pick<Outlets, 'broadcast' | 'multicast'>;
  readonly broadcasts: boolean;
  /** 0 is never. */
  readonly everyMs: number;
  /** From 0 to below 1. */
  readonly random: () => number;
}): Disposable => {
  const { knowledge, feed, seal, outlets, broadcasts, everyMs, random } = options;
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    timer = setTimeout(say, everyMs * (1 - JITTER + 2 * JITTER * random()));
  };
  const say = (): void => {
    feed.tellHeads();
    const known = knowledge();
    const datagram = known && discoveryAnswer(known, ANSWER_BYTES);
    if (datagram !== undefined) {
      const sealed = seal(datagram);
      outlets.multicast(sealed);
      if (broadcasts) outlets.broadcast(sealed);
    }
    later();
  };
  if (everyMs > 0) later();
  return { [Symbol.dispose]: () => clearTimeout(timer) };
};
