import { lookup, Resolver } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, dnsFailure, type Failure, systemFailure } from './answer.ts';
import { Lanes } from './lanes.ts';
import { type RecordType, writeRecords } from './record-type.ts';

/** Both ways to look a name up. Neither rejects: what went wrong is an answer. */
export interface Resolvers extends Disposable {
  /** The system's way (getaddrinfo): hosts file, search domains, and whatever else it is set up to ask. */
  lookup(name: string, types: readonly RecordType[]): Promise<Answer>;
  /** DNS's own way: servers are asked for exactly this name. */
  resolve(name: string, type: RecordType): Promise<Answer>;
}

/** getaddrinfo waits in one of Node's four threads; one is left for reading files. */
const LOOKUP_THREADS = 3;

const timed = async (
  now: () => number,
  ask: () => Promise<readonly string[]>,
  failure: (error: unknown) => Failure,
): Promise<Answer> => {
  const start = now();
  const ms = () => Math.round((now() - start) * 1_000) / 1_000;
  try {
    const records = await ask();
    return { result: 'found', records, ms: ms() };
  } catch (error) {
    return { result: failure(error), ms: ms() };
  }
};

/** What comes first: the answer, or `late` after `ms`. */
const within = async (
  ms: number,
  answer: Promise<Answer>,
  late: () => Failure,
): Promise<Answer> => {
  const answered = new AbortController();
  const timeout = sleep(ms, undefined, answered).then(
    (): Answer => ({ result: late(), ms }),
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

/** Looks names up for real. `servers` as `ADDRESS` or `ADDRESS:PORT`; those of the system when there are none. */
export const createResolvers = (options: {
  readonly servers: readonly string[];
  readonly timeoutMs: number;
  readonly now: () => number;
}): Resolvers => {
  const { servers, timeoutMs, now } = options;
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  const threads = new Lanes(LOOKUP_THREADS);

  return {
    lookup: (name, types) => {
      const ask = async (): Promise<readonly string[]> => {
        const found = await lookup(name, { all: true, family: familyOf(types) });
        return found.map((it) => it.address);
      };
      let turn: 'waiting' | 'asking' | 'given up' = 'waiting';
      const answer = threads.run(async (): Promise<Answer> => {
        if (turn === 'given up') return { result: 'busy', ms: 0 };
        turn = 'asking';
        return timed(now, ask, systemFailure);
      });
      return within(timeoutMs, answer, () => {
        if (turn === 'asking') return 'timeout';
        turn = 'given up';
        return 'busy';
      });
    },
    resolve: (name, type) => {
      const ask = async () => writeRecords(type, await resolver.resolve(name, type));
      return timed(now, ask, dnsFailure);
    },
    [Symbol.dispose]: () => resolver.cancel(),
  };
};
