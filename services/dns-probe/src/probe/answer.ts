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
  /** The system's resolver has nothing; it doesn't tell no such name from no such record. */
  | 'not-found'
  /** The system's resolver could not find out; it doesn't tell why. */
  | 'temporary'
  /** Too many names were being looked up at that time. */
  | 'busy'
  | 'failed';

/** The answer of one resolver to one question, and how long it took. */
export type Answer =
  | {
      readonly result: 'found';
      readonly records: readonly string[];
      /** How many more are addresses of private networks, which aren't told. */
      readonly hidden?: number;
      readonly ms: number;
    }
  | { readonly result: Failure; readonly ms: number };

const fromDns: Readonly<Record<string, Failure>> = {
  ENOTFOUND: 'nxdomain',
  ENODATA: 'no-data',
  ESERVFAIL: 'servfail',
  EREFUSED: 'refused',
  ETIMEOUT: 'timeout',
  ECONNREFUSED: 'unreachable',
};

const fromSystem: Readonly<Record<string, Failure>> = {
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'temporary',
  ETIMEOUT: 'timeout',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** What an error of `Resolver.resolve` means. */
export const dnsFailure = (error: unknown): Failure => fromDns[codeOf(error)] ?? 'failed';

/** What an error of `lookup` means. */
export const systemFailure = (error: unknown): Failure => fromSystem[codeOf(error)] ?? 'failed';

/** Whether an answer says for sure that there is nothing. */
export const isAbsent = ({ result }: Answer): boolean =>
  result === 'nxdomain' || result === 'no-data' || result === 'not-found';
