import type { RecordType, ServerAnswer } from '@partyline/protocol';
import type { Exchange } from '../dns/exchange.ts';
import type { DnsServer } from '../dns/server.ts';
import { serverAnswer } from './server-answer.ts';

/** Asks a DNS server for exactly this name. */
export type AskServer = (
  server: DnsServer,
  name: string,
  type: RecordType,
) => Promise<ServerAnswer>;

/** Answers kept at most; the one kept longest goes first. */
const KEPT = 2_000;
/** How long it is kept that there is nothing, when the server doesn't say. */
const NOTHING_SECONDS = 5;

const lasting = ({ result, ttl = NOTHING_SECONDS }: ServerAnswer): number =>
  result === 'found' || result === 'nxdomain' || result === 'no-data' ? ttl * 1_000 : 0;

type Kept = { readonly answer: ServerAnswer; readonly at: number; readonly until: number };

/** An answer that was kept for so long. */
const aged = (answer: ServerAnswer, ms: number): ServerAnswer => ({
  ...answer,
  ...(answer.ttl !== undefined && { ttl: Math.max(0, answer.ttl - Math.floor(ms / 1_000)) }),
  cached: true,
});

/**
 * Servers, asked by `exchange`. The same question is asked once at a time, and again when its answer
 * may not be kept any longer: by its TTL, and `cacheMs` at most.
 */
export const createServers = (options: {
  readonly exchange: (
    server: DnsServer,
    question: { readonly name: string; readonly type: string },
  ) => Promise<Exchange>;
  readonly cacheMs: number;
  /** Milliseconds of a clock that doesn't go back. */
  readonly now: () => number;
}): AskServer => {
  const { exchange, cacheMs, now } = options;
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<ServerAnswer>>();

  const keep = (key: string, answer: ServerAnswer): void => {
    const at = now();
    kept.delete(key);
    kept.set(key, { answer, at, until: at + Math.min(lasting(answer), cacheMs) });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  };

  const ask = async (
    key: string,
    server: DnsServer,
    name: string,
    type: RecordType,
  ): Promise<ServerAnswer> => {
    const start = now();
    const it = await exchange(server, { name, type });
    const answer = serverAnswer(name, type, it, Math.round((now() - start) * 1_000) / 1_000);
    keep(key, answer);
    underWay.delete(key);
    return answer;
  };

  return async (server, name, type) => {
    const key = `${server.address} ${server.port} ${type} ${name}`;
    const asked = underWay.get(key);
    if (asked !== undefined) return asked;
    const known = kept.get(key);
    if (known !== undefined && now() < known.until) return aged(known.answer, now() - known.at);
    const answer = ask(key, server, name, type);
    underWay.set(key, answer);
    return answer;
  };
};
