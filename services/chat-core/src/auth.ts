import { createHash, timingSafeEqual } from 'node:crypto';
import { problem } from '@partyline/protocol';
import { type Log, sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Refuses every request without the bearer token (RFC 6750), before its body is read. Compares in
 * constant time, whatever the length. A wrong one is logged and counted, never told.
 */
export const requireToken = (
  server: FastifyInstance,
  { token, log, onWrong }: { token: string; log: Log; onWrong: () => void },
): void => {
  const right = sha256(`Bearer ${token}`);
  server.addHook('onRequest', async (request, reply) => {
    const given = request.headers.authorization ?? '';
    if (timingSafeEqual(sha256(given), right)) return;
    onWrong();
    log.warn(
      { method: request.method, path: request.url, address: request.ip },
      'refused a request: wrong or missing bearer token',
    );
    reply.header('www-authenticate', 'Bearer');
    return sendProblem(reply, problem('token-wrong'));
  });
};
