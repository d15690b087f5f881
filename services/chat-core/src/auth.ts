import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '@partyline/protocol';
import { type Log, sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

export type TokenOptions = {
  readonly token: string;
  readonly log: Log;
  readonly onWrong: (request: FastifyRequest) => void;
  /** Whether a request with another token is let in after all, as somebody else. */
  readonly orElse?: (given: string, request: FastifyRequest) => Promise<boolean>;
};

/** The token that an `authorization` header bears (RFC 6750 §2.1). */
export const bearerOf = (header = ''): string => /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';

/**
 * Refuses every request without the bearer token (RFC 6750), before its body is read. Compares in
 * constant time, whatever the length. A wrong one is logged and counted, never told.
 */
export const requireToken = (
  server: FastifyInstance,
  { token, log, onWrong, orElse = async () => false }: TokenOptions,
): void => {
  const right = sha256(token);
  server.addHook('onRequest', async (request, reply) => {
    const given = bearerOf(request.headers.authorization);
    if (timingSafeEqual(sha256(given), right) || (await orElse(given, request))) return;
    onWrong(request);
    log.warn(
      { method: request.method, path: request.url, address: request.ip },
      'refused a request: wrong or missing bearer token',
    );
    reply.header('www-authenticate', 'Bearer');
    return sendProblem(reply, problem('token-wrong'));
  });
};
