import { lookup, lookupService } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeFailure, RecordType, SystemAnswer } from '@partyline/protocol';
import { Lanes } from './lanes.ts';

/**
 * The system's way to look names up (getaddrinfo, getnameinfo): hosts file, search domains, and
 * whatever else it is set up to ask. Never rejects: what went wrong is an answer.
 */
export interface System {
  /** The addresses of a name, of the families that are asked for. */
  addresses(name: string, types: readonly RecordType[]): Promise<SystemAnswer>;
  /** The name of an address. */
  nameOf(address: string): Promise<SystemAnswer>;
}

/** Both calls wait in one of Node's four threads; one is left for reading files. */
const LOOKUP_THREADS = 3;

const failures: Readonly<Record<string, ProbeFailure>> = {
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'temporary',
  ETIMEOUT: 'timeout',
};

const failureOf = (error: unknown): ProbeFailure =>
  failures[error instanceof Error && 'code' in error ? String(error.code) : ''] ?? 'failed';

type Found = { readonly records: readonly string[] } & Pick<SystemAnswer, 'first'>;

const timed = async (now: () => number, ask: () => Promise<Found>): Promise<SystemAnswer> => {
  const start = now();
  const ms = () => Math.round((now() - start) * 1_000) / 1_000;
  try {
    const found = await ask();
    return { result: 'found', ...found, ms: ms() };
  } catch (error) {
    return { result: failureOf(error), ms: ms() };
  }
};

/** What comes first: the answer, or `late` after `ms`. */
const within = async (
  ms: number,
  answer: Promise<SystemAnswer>,
  late: () => ProbeFailure,
): Promise<SystemAnswer> => {
  const answered = new AbortController();
  const timeout = sleep(ms, undefined, answered).then(
    (): SystemAnswer => ({ result: late(), ms }),
    () => answer,
  );
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    answered.abort();
  }
};

const familyOf = (types: readonly RecordType[]): 0 | 4 | 6 => {
  if (types.includes('A') === types.includes('AAAA')) return 0;
  return types.includes('A') ? 4 : 6;
};

const addressesOf = async (name: string, types: readonly RecordType[]): Promise<Found> => {
  const found = await lookup(name, { all: true, family: familyOf(types), order: 'verbatim' });
  const records = [...new Set(found.map((it) => it.address))];
  const [first] = records;
  if (first === undefined || records.every((it) => isIPv4(it) === isIPv4(first)))
    return { records };
  return { records, first: isIPv4(first) ? 'IPv4' : 'IPv6' };
};

/** Asks the system of this machine. */
export const createSystem = (options: {
  readonly timeoutMs: number;
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
}): System => {
  const { timeoutMs, now } = options;
  const threads = new Lanes(LOOKUP_THREADS);
  const inTurn = (ask: () => Promise<Found>): Promise<SystemAnswer> => {
    let turn: 'waiting' | 'asking' | 'given up' = 'waiting';
    const answer = threads.run(async (): Promise<SystemAnswer> => {
      if (turn === 'given up') return { result: 'busy', ms: 0 };
      turn = 'asking';
      return timed(now, ask);
    });
    return within(timeoutMs, answer, () => {
      if (turn === 'asking') return 'timeout';
      turn = 'given up';
      return 'busy';
    });
  };
  return {
    addresses: (name, types) => inTurn(() => addressesOf(name, types)),
    nameOf: (address) =>
      inTurn(async () => {
        const { hostname } = await lookupService(address, 0);
        return { records: [hostname.toLowerCase()] };
      }),
  };
};
