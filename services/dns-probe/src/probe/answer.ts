import type { Flag } from '../dns/message.ts';

/** What a question came to when nothing was found. */
export type Failure =
  /** The name doesn't exist. */
  | 'nxdomain'
  /** The name exists, without a record of this type. */
  | 'no-data'
  | 'servfail'
  | 'refused'
  | 'timeout'
  | 'unreachable'
  /** The name is an alias that leads back to itself. */
  | 'alias-loop'
  /** The system's resolver has nothing; it doesn't tell no such name from no such record. */
  | 'not-found'
  /** The system's resolver could not find out; it doesn't tell why. */
  | 'temporary'
  /** Too many names were being looked up at that time. */
  | 'busy'
  | 'failed';

type Outcome =
  | {
      readonly result: 'found';
      readonly records: readonly string[];
      /** How many more are addresses of private networks, which aren't told. */
      readonly hidden?: number;
    }
  | { readonly result: Failure };

/** The answer of one resolver to one question, and how long it took. */
export type Answer = Outcome & { readonly ms: number };

/** What the system's resolver said. */
export type SystemAnswer = Answer & {
  /** Of two families of addresses, the one that it puts first, and programs try first. */
  readonly first?: 'IPv4' | 'IPv6';
};

/** What a DNS server said. */
export type ServerAnswer = Answer & {
  /** The seconds that it may be kept: of records, or of the word that there are none. */
  readonly ttl?: number;
  /** The names that the name leads to by aliases, the last of which has the records. */
  readonly aliases?: readonly string[];
  readonly flags?: readonly Flag[];
  /** Of the zone's SOA record, when it was told. */
  readonly serial?: number;
  readonly via?: 'udp' | 'tcp';
  /** It was asked a while ago, and may still be kept. */
  readonly cached?: true;
};

/** Whether an answer says for sure that there is nothing. */
export const isAbsent = ({ result }: Answer): boolean =>
  result === 'nxdomain' || result === 'no-data' || result === 'not-found';
