import { addressBlock, Ration } from '@partyline/service';
import type { LocalNetwork } from '../local-network.ts';
import { discoveryAnswer, type Knowledge } from './answer.ts';
import { readQuestion } from './question.ts';
import { allowedBytes, isUnanswerable, type Source } from './source.ts';

/** What became of one datagram. */
export type Outcome =
  | { readonly outcome: 'answered'; readonly answer: Buffer }
  | {
      readonly outcome:
        | 'not-json'
        | 'unknown-type'
        /** The source is none that may be answered. */
        | 'unanswerable'
        /** Not even the shortest answer is as short as the request. */
        | 'too-short'
        | 'source-rationed'
        | 'all-rationed'
        /** The bus was never reached, so nothing is known. */
        | 'unavailable';
    };

export type ResponderOptions = {
  readonly knowledge: () => Knowledge | undefined;
  readonly local: () => LocalNetwork;
  readonly answersBurst: number;
  readonly answersPerSecond: number;
  readonly answerBytesPerSecond: number;
  readonly now: () => number;
};

/** Far more than a LAN has hosts; a million forged ones cost a few megabytes. */
const SOURCES = 10_000;

/**
 * Decides what a unicast datagram is answered. Whoever forges a source gets nothing out of it: see
 * this service's README for the rules.
 */
export const createResponder = (options: ResponderOptions) => {
  const { knowledge, local, answersBurst, answersPerSecond, answerBytesPerSecond, now } = options;
  const perSource = new Ration({
    ...{ burst: answersBurst, perSecond: answersPerSecond, sources: SOURCES, now },
  });
  const overall = new Ration({
    ...{ burst: answerBytesPerSecond, perSecond: answerBytesPerSecond, sources: 1, now },
  });

  return (datagram: Uint8Array, source: Source): Outcome => {
    const question = readQuestion(datagram);
    if (question.asks === 'nothing') return { outcome: question.reason };
    if (isUnanswerable(source, local())) return { outcome: 'unanswerable' };
    const known = knowledge();
    if (known === undefined) return { outcome: 'unavailable' };
    const answer = discoveryAnswer(known, allowedBytes(source, datagram.length));
    if (answer === undefined) return { outcome: 'too-short' };
    if (!perSource.take(addressBlock(source.address), 1)) return { outcome: 'source-rationed' };
    if (!overall.take('all', answer.length)) return { outcome: 'all-rationed' };
    return { outcome: 'answered', answer };
  };
};
