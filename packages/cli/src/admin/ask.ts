import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { problemText, readProblem } from '@partyline/protocol';
import type { Environment } from '../environment.ts';
import { Failure } from '../exit-code.ts';
import { JSON_TYPE, type Operation } from './document.ts';
import type { Place } from './place.ts';
import { adminTexts } from './texts.ts';
import type { Values } from './values.ts';

type Request = {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string | ReadableStream<Uint8Array>;
};

/** How often, and after what time, is tried again what may have been done. */
const AGAIN = 3;
const AGAIN_MS = 500;

/** How a connection breaks after it was made: the request may have been taken in. */
const breaks = new Set([
  ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'],
  ...['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
]);

const whyOf = (error: unknown): { readonly code: string; readonly message: string } => {
  const { cause, message } = error as Error & { cause?: Error & { code?: string } };
  const causes = cause instanceof AggregateError ? cause.errors[0] : cause;
  return { code: causes?.code ?? '', message: causes?.message || message };
};

const refuse = async (
  response: Response,
  { url }: Place,
  { locale }: Environment,
): Promise<never> => {
  const problem = readProblem(await response.text());
  if (problem !== undefined) throw new Failure('refused', problemText(problem, locale));
  throw new Failure('unreachable', adminTexts[locale].notAdmin(url, response.status));
};

/**
 * Asks the admin API. What breaks is tried again, under the same key, where that is done once: a
 * `POST`, or what changes nothing. Throws a `Failure` when it is refused or nobody answers.
 */
export const ask = async (
  place: Place,
  { method, path, type, body }: Request,
  environment: Environment,
): Promise<Response> => {
  const { locale, stop } = environment;
  const texts = adminTexts[locale];
  const isText = body === undefined || typeof body === 'string';
  const bearsRepeating = isText && (method === 'GET' || method === 'POST');
  const headers = {
    authorization: `Bearer ${place.token}`,
    ...(type !== undefined && { 'content-type': type }),
    ...(method === 'POST' && isText && { 'idempotency-key': randomUUID() }),
  };
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(place.url + path, {
        ...{ method, headers, signal: stop, redirect: 'error' },
        ...(body !== undefined && { body, duplex: 'half' }),
      });
      return response.ok ? response : await refuse(response, place, environment);
    } catch (error) {
      stop.throwIfAborted();
      if (error instanceof Failure) throw error;
      const { code, message } = whyOf(error);
      if (!breaks.has(code)) throw new Failure('unreachable', texts.away(place.url, message));
      if (!bearsRepeating) throw new Failure('lost', texts.away(place.url, texts.unsure));
      if (tries === AGAIN) throw new Failure('lost', texts.away(place.url, message));
      await pass(AGAIN_MS, undefined, { signal: stop }).catch(() => {});
    }
  }
};

/** The request for an operation; `next` is where a page begins. */
export const requestFor = (
  { method, path, sends }: Operation,
  values: Values,
  next: Readonly<Record<string, string>> = {},
): Request => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values.path.get(name) ?? ''),
  );
  const query = new URLSearchParams([...values.query, ...Object.entries(next)]);
  for (const name of Object.keys(next)) query.set(name, next[name] ?? '');
  const search = query.size === 0 ? '' : `?${query}`;
  if (sends !== JSON_TYPE) return { method, path: filled + search };
  const body = JSON.stringify(Object.fromEntries(values.body));
  return { method, path: filled + search, type: JSON_TYPE, body };
};
