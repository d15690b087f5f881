import { addressBlock, Ration } from '@partyline/service';
import type { LocalNetwork } from '../local-network.ts';
import { isUnanswerable, isWithin, type Reach, type Source } from './source.ts';

/** Why a datagram is dropped. */
export type Dropped =
  /** The source is none that may be answered. */
  | 'unanswerable'
  /** It comes from farther away than datagrams are taken from. */
  | 'far'
  | 'source-rationed'
  | 'all-rationed';

/** Who may be answered, and how much. Whoever forges a source gets nothing out of it. */
export interface Gate {
  /** Why nothing that this source asks is answered now, if so. Takes one answer from its ration. */
  refusal(source: Source): Dropped | undefined;
  /** Whether all answers together leave room for so many bytes; takes them if so. */
  spend(bytes: number): boolean;
}

export type GateOptions = {
  readonly local: () => LocalNetwork;
  readonly reach: Reach;
  readonly answersBurst: number;
  readonly answersPerSecond: number;
  readonly answerBytesPerSecond: number;
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
};

/** Far more than a LAN has hosts; a million forged ones cost a few megabytes. */
const SOURCES = 10_000;

export const createGate = (options: GateOptions): Gate => {
  const { local, reach, answersBurst, answersPerSecond, answerBytesPerSecond, now } = options;
  const perSource = new Ration({
    ...{ burst: answersBurst, perSecond: answersPerSecond, sources: SOURCES, now },
  });
  const overall = new Ration({
    ...{ burst: answerBytesPerSecond, perSecond: answerBytesPerSecond, sources: 1, now },
  });
  return {
    refusal: (source) => {
      if (isUnanswerable(source, local())) return 'unanswerable';
      if (!isWithin(source, reach, local())) return 'far';
      return perSource.take(addressBlock(source.address), 1) ? undefined : 'source-rationed';
    },
    spend: (bytes) => overall.take('all', bytes),
  };
};
