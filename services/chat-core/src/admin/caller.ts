import { problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bearerOf } from '../auth.ts';
import { hashToken } from '../line/token.ts';
import type { Reader } from '../store/port.ts';
import type { TokenRow } from '../store/tokens/rows.ts';
import { covers } from './scope.ts';

/** Whoever asks the admin API for something. */
export type Caller = Pick<TokenRow, 'name' | 'scope'>;

/** The token of the settings, which makes all others. */
export const BOOTSTRAP: Caller = { name: 'bootstrap', scope: 'admin' };

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose token the request came with; undefined: that of the settings. */
    caller: Caller | undefined;
  }
}

export const callerOf = ({ caller }: FastifyRequest): Caller => caller ?? BOOTSTRAP;

/** The token itself, which nothing but the request has. */
export const secretOf = ({ headers }: FastifyRequest): string => bearerOf(headers.authorization);

/** Lets in who has a token that the API made, and everybody only as far as their scope goes. */
export const letTokensIn = (
  api: FastifyInstance,
  { read, now }: { readonly read: Pick<Reader, 'tokens'>; readonly now: () => number },
): ((token: string, request: FastifyRequest) => Promise<boolean>) => {
  api.decorateRequest('caller', undefined);
  api.addHook('onRoute', ({ method, url, config }) => {
    if (config?.scope === undefined) throw new Error(`${method} ${url} says no scope`);
  });
  api.addHook('preParsing', async (request, reply) => {
    const { scope: needed } = request.routeOptions.config;
    const { name, scope } = callerOf(request);
    if (needed === undefined || covers(scope, needed)) return;
    return sendProblem(reply, problem('token-scope-needed', { name, scope, needed }));
  });
  return async (token, request) => {
    // What is compared is a hash of 256 bits: the time it takes tells nothing of the token.
    const found = await read.tokens.byHash(hashToken(token));
    if (found === undefined || (found.until !== null && found.until <= now())) return false;
    request.caller = found;
    return true;
  };
};
