import { isUtf8 } from 'node:buffer';
import { limits, type Problem, problem } from '@partyline/protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What a body of `POST /r/ROOM` says. */
export type Posted = {
  readonly text: string;
  readonly nick?: string;
  readonly id?: string;
};

const member = (name: string): Problem =>
  problem('member-bad', { type: 'message', member: name, expected: 'a string' });

const postedAsJson = (text: string): Posted | Problem => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem('json-bad');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem('json-bad');
  const { message, nickname, id } = value as Record<string, unknown>;
  if (typeof message !== 'string') return member('message');
  if (nickname !== undefined && typeof nickname !== 'string') return member('nickname');
  if (id !== undefined && typeof id !== 'string') return member('id');
  return {
    text: message,
    ...(nickname !== undefined && { nick: nickname }),
    ...(id !== undefined && { id }),
  };
};

/** A quoted `Idempotency-Key` (RFC 9651 string) or a bare one. */
const keyOf = ({ headers, query }: FastifyRequest): string | undefined => {
  const key = headers['idempotency-key'] ?? (query as { id?: unknown }).id;
  return typeof key === 'string' ? key.replace(/^"(.*)"$/, '$1') : undefined;
};

/**
 * The message that a request holds: `{"message","nickname","id"}` where the body is JSON, else the
 * body as it is. `curl -d` calls everything a form, and sends it as it was typed.
 */
export const postedIn = (
  request: FastifyRequest<{ Body: Buffer | undefined }>,
): Posted | Problem => {
  const body = request.body ?? Buffer.alloc(0);
  if (!isUtf8(body)) return problem('utf8-bad');
  const text = body.toString('utf8');
  const isJson = /^application\/(\w+\+)?json\b/i.test(request.headers['content-type'] ?? '');
  const posted = isJson ? postedAsJson(text) : { text };
  const id = keyOf(request);
  return 'code' in posted || id === undefined ? posted : { ...posted, id };
};

/** Has a scope take bodies as bytes, whatever they are called. */
export const takeBytes = (scope: FastifyInstance): void => {
  scope.removeAllContentTypeParsers();
  // Over HTTP/2 a body may come without its length, and is not looked for where it has no type either.
  scope.addHook('onRequest', async ({ raw }) => {
    raw.headers['content-type'] ??= 'application/octet-stream';
  });
  scope.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: limits.frameBytes },
    (_request, body, done) => done(null, body),
  );
};
