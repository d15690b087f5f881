import { type Problem, problem, readProblem } from '@partyline/protocol';
import { Client, Pool } from 'undici';
import { type Address, readAddresses } from './address.ts';

/** What came of a request. `away`: no answer, an answer that broke off, or a 5xx; try again. */
export type Reply<T> =
  | { readonly type: 'ok'; readonly value: T }
  | { readonly type: 'refused'; readonly status: number; readonly problem: Problem }
  | { readonly type: 'away'; readonly cause: unknown };

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** A value that is sent as JSON. */
  readonly json?: unknown;
  /** Lines that are sent as they are. */
  readonly ndjson?: string;
  readonly signal?: AbortSignal;
};

/** The bus over HTTP. Every request carries the token; no failure of a request is thrown. */
export interface Http {
  /** One publish at a time, on a connection that nothing else waits for; answered with NDJSON. */
  publish(request: HttpRequest): Promise<Reply<string>>;
  /** Everything else that is asked, and answered with JSON. */
  ask<T>(request: HttpRequest): Promise<Reply<T>>;
  /** An answer without an end. It breaks when nothing came for `silenceMs`. */
  stream(request: HttpRequest, silenceMs: number): Promise<Reply<AsyncIterable<Buffer>>>;
  /** From now on asks the next of several chat-cores; what was asked already is still answered. */
  move(): void;
  /** Breaks every connection. */
  destroy(): Promise<void>;
}

/** The connections to one chat-core. */
type Clients = Readonly<Record<'publishing' | 'streaming', Client>> & { readonly asking: Pool };

/** Connections for questions; with one for publishing and one for the stream that is all. */
const ASKING_CONNECTIONS = 6;
/** An answer that took so long is given up; the slowest is a batch of publishes on a slow disk. */
const ANSWER_MS = 10_000;
const CONNECT_MS = 5_000;

const failed = (status: number, text: string): Reply<never> => {
  const why = readProblem(text) ?? problem('request-bad', { reason: `HTTP status ${status}` });
  return status >= 500
    ? { type: 'away', cause: new Error(why.message) }
    : { type: 'refused', status, problem: why };
};

const connect = ({ origin, ...where }: Address): Clients => {
  const options = {
    ...where,
    connectTimeout: CONNECT_MS,
    headersTimeout: ANSWER_MS,
    bodyTimeout: ANSWER_MS,
    // One protocol on every connection keeps a publish from sharing one with a stream.
    allowH2: false,
  };
  return {
    publishing: new Client(origin, options),
    streaming: new Client(origin, options),
    asking: new Pool(origin, { ...options, connections: ASKING_CONNECTIONS }),
  };
};

const all = ({ publishing, streaming, asking }: Clients) => [publishing, streaming, asking];

/** `url` may be several chat-cores' addresses; the first to be asked is one of them at random. */
export const createHttp = (url: string, token: string, random = Math.random): Http => {
  const addresses = readAddresses(url);
  let at = Math.floor(random() * addresses.length);
  let clients = connect(addresses[at] ?? addresses[0]);
  const authorization = `Bearer ${token}`;

  const send = async (
    client: Client | Pool,
    { method, path, json, ndjson, signal }: HttpRequest,
    bodyTimeout = ANSWER_MS,
  ) => {
    const body = ndjson ?? (json === undefined ? null : JSON.stringify(json));
    const contentType = ndjson === undefined ? 'application/json' : 'application/x-ndjson';
    return client.request({
      ...{ method, path, body, bodyTimeout },
      headers: { authorization, ...(body !== null && { 'content-type': contentType }) },
      ...(signal !== undefined && { signal }),
    });
  };

  const answer = async <T>(
    client: Client | Pool,
    request: HttpRequest,
    read: (text: string) => T,
  ): Promise<Reply<T>> => {
    try {
      const { statusCode, body } = await send(client, request);
      const text = await body.text();
      return statusCode < 300 ? { type: 'ok', value: read(text) } : failed(statusCode, text);
    } catch (cause) {
      return { type: 'away', cause };
    }
  };

  return {
    publish: (request) => answer(clients.publishing, request, (text) => text),
    ask: <T>(request: HttpRequest) =>
      answer<T>(clients.asking, request, (text) => (text === '' ? undefined : JSON.parse(text))),
    stream: async (request, silenceMs) => {
      try {
        const { statusCode, body } = await send(clients.streaming, request, silenceMs);
        if (statusCode === 200) return { type: 'ok', value: body };
        return failed(statusCode, await body.text());
      } catch (cause) {
        return { type: 'away', cause };
      }
    },
    move: () => {
      if (addresses.length === 1) return;
      for (const it of all(clients)) it.close().catch(() => {});
      at = (at + 1) % addresses.length;
      clients = connect(addresses[at] ?? addresses[0]);
    },
    destroy: async () => {
      await Promise.all(all(clients).map((it) => it.destroy()));
    },
  };
};
