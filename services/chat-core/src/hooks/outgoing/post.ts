import { Agent } from 'undici';
import { checkedLookup, destination, type MayReach } from './destination.ts';
import { type Message, signed } from './signature.ts';

/** What came of a call. */
export type Result =
  /** `text` is what was answered; undefined when that was too much, or broke off. */
  | { readonly type: 'done'; readonly text: string | undefined }
  | {
      readonly type: 'failed';
      readonly error: string;
      /** What it was answered with; undefined when it was not. */
      readonly status: number | undefined;
      /** No answer came in time. */
      readonly late: boolean;
      /** The receiver wants no more of it. */
      readonly gone: boolean;
      /** It asked to be left alone for so long. */
      readonly waitMs: number;
    };

/** Sends one signed message to a URL; never rejects. */
export type Post = (
  to: { readonly url: string; readonly secret: string },
  message: Message,
  signal: AbortSignal,
) => Promise<Result>;

/** An answer within 15 s, as Standard Webhooks recommends; the connection in a third of that. */
export const ANSWER_MS = 15_000;
const CONNECT_MS = 5_000;
/** What of an answer is read at most. */
const ANSWER_BYTES = 65_536;
const LONGEST_WAIT_MS = 3_600_000;

type Failed = Extract<Result, { type: 'failed' }>;

const failed = (error: string, its: Partial<Omit<Failed, 'type' | 'error'>> = {}): Result => ({
  ...{ type: 'failed', error, status: undefined, late: false, gone: false, waitMs: 0 },
  ...its,
});

/** What `retry-after` asks for: seconds, or a date (RFC 9110 §10.2.3). */
const waitOf = (header: string | string[] | undefined, now: number): number => {
  if (typeof header !== 'string') return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_WAIT_MS) : 0;
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { message, code } = error as NodeJS.ErrnoException;
  return message || code || error.name;
};

/** Calls URLs, a connection each at a time to one origin; redirects are failures, not followed. */
export const createPost = (mayReach: MayReach, now: () => number): Post & AsyncDisposable => {
  const agent = new Agent({
    connect: { lookup: checkedLookup(mayReach), timeout: CONNECT_MS },
    ...{ headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS, maxResponseSize: ANSWER_BYTES },
    allowH2: false,
  });

  const post: Post = async ({ url: asked, secret }, message, signal) => {
    const url = destination(asked, mayReach);
    if ('code' in url) return failed(url.message);
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
    try {
      const { statusCode, headers, body } = await agent.request({
        ...{ origin: url.origin, path: url.pathname + url.search, method: 'POST' },
        headers: {
          ...{ 'content-type': 'application/json', 'user-agent': 'Partyline' },
          ...signed(message, secret, now()),
        },
        ...{ body: message.body, signal: bounded },
      });
      const text = await body.text().catch(() => undefined);
      if (statusCode >= 200 && statusCode < 300) return { type: 'done', text };
      const waitMs = waitOf(headers['retry-after'], now());
      const gone = statusCode === 410;
      return failed(`HTTP status ${statusCode}`, { status: statusCode, gone, waitMs });
    } catch (error) {
      const late = bounded.aborted && !signal.aborted;
      return failed(late ? `no answer within ${ANSWER_MS} ms` : reasonOf(error), { late });
    }
  };
  return Object.assign(post, { [Symbol.asyncDispose]: () => agent.destroy() });
};
