import { limits, problem } from '@partyline/protocol';
import { addressBlock, Ration, sendProblem } from '@partyline/service';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './caller.ts';

/** Tokens and addresses that are remembered. */
const SOURCES = 10_000;

export type RationingOptions = {
  /** Requests that one token may ask at once, and for long; 0 a second is no limit. */
  readonly burst: number;
  readonly perSecond: number;
  /** Milliseconds, of any clock that doesn't go back. */
  readonly elapsed: () => number;
};

const wait = (reply: FastifyReply, code: 'flood' | 'tokens-locked', seconds: number) =>
  sendProblem(reply.header('retry-after', seconds), problem(code, { seconds }));

/**
 * Bounds what one token asks, and how many wrong ones come from one address: after a few no token is
 * looked at that comes from there, the right one neither, or guessing would cost nothing. Its hooks
 * go around that of the token: give `beforeToken` first, and call `wrong` for each that is wrong.
 */
export const createRationing = ({ burst, perSecond, elapsed: now }: RationingOptions) => {
  const ofTokens = new Ration({ burst, perSecond, sources: SOURCES, now });
  const wrongTokens = { burst: limits.wrongTokens, perSecond: 1 / limits.wrongTokenSeconds };
  const ofStrangers = new Ration({ ...wrongTokens, sources: SOURCES, now });
  const policy = `"token";q=${burst};w=${Math.ceil(burst / perSecond)}`;

  return {
    beforeToken: (api: FastifyInstance): void => {
      api.addHook('onRequest', async (request, reply) => {
        if (ofStrangers.left(addressBlock(request.ip)) >= 1) return;
        return wait(reply, 'tokens-locked', limits.wrongTokenSeconds);
      });
    },
    wrong: ({ ip }: FastifyRequest): void => {
      ofStrangers.take(addressBlock(ip), 1);
    },
    /** Headers as draft-ietf-httpapi-ratelimit-headers-10 has them. */
    afterToken: (api: FastifyInstance): void => {
      if (perSecond === 0) return;
      api.addHook('onRequest', async (request, reply) => {
        const { name } = callerOf(request);
        const isGranted = ofTokens.take(name, 1);
        const left = ofTokens.left(name);
        const seconds = Math.ceil((burst - left) / perSecond);
        reply.header('ratelimit-policy', policy);
        reply.header('ratelimit', `"token";r=${Math.floor(left)};t=${seconds}`);
        if (!isGranted) return wait(reply, 'flood', Math.ceil((1 - left) / perSecond));
      });
    },
  };
};
