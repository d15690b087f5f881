import { randomBytes } from 'node:crypto';
import { limits, type Problem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { hashToken } from '../line/token.ts';
import { scopes, type TokenRow } from '../store/tokens/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { BOOTSTRAP } from './caller.ts';
import { Done, done } from './done.ts';
import { Next, pageOf, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';

const Name = Type.String({ maxLength: 2 * limits.tokenNameCharacters, examples: ['ci'] });
const Scope = Type.Enum([...scopes], {
  description: 'read: sees everything; moderate: also keeps order; admin: everything',
});

const Token = Type.Object(
  {
    name: Name,
    scope: Scope,
    createdAt: Milliseconds('When it was made'),
    expiresAt: Type.Optional(Milliseconds('When it ends by itself')),
  },
  { examples: [{ name: 'ci', scope: 'moderate', createdAt: 1_700_000_000_000 }] },
);
const Named = Type.Object({ name: Name });

const tokenInfo = ({ name, scope, createdAt, until }: TokenRow) => ({
  ...{ name, scope, createdAt },
  ...(until !== null && { expiresAt: until }),
});

const nameProblem = (name: string): Problem | undefined => {
  const limit = limits.tokenNameCharacters;
  const isGood = /^[\w.-]+$/.test(name) && name.length <= limit && name !== BOOTSTRAP.name;
  return isGood ? undefined : problem('token-name-bad', { limit, reserved: BOOTSTRAP.name });
};

/** A new token, which is told once; the prefix lets scanners of secrets find one that leaked. */
const newToken = (): string => `partyline_${randomBytes(32).toString('base64url')}`;

export const tokens = (api: Api, { read, perform }: AdminParts): void => {
  const show = async (name: string) => {
    const found = await read.tokens.named(name);
    return found === undefined ? problem('token-unknown', { name }) : tokenInfo(found);
  };

  api.get(
    '/v1/tokens',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'tokens.list',
        summary: 'Tokens for this API, by name; that of PARTYLINE_ADMIN_TOKEN is not among them',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, tokens: Type.Array(Token) },
            {
              examples: [
                { tokens: [{ name: 'ci', scope: 'moderate', createdAt: 1_700_000_000_000 }] },
              ],
            },
          ),
          ...refusals,
        },
      },
    },
    async ({ query: { after, limit } }) => {
      const found = await read.tokens.after(after, limit + 1);
      const { page, ...next } = pageOf(found, limit, (it) => it.name);
      return { ...next, tokens: page.map(tokenInfo) };
    },
  );

  api.get(
    '/v1/tokens/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'tokens.get',
        summary: 'One token: what it allows and until when, not the token itself',
        params: Named,
        response: { 200: Token, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.name);
      return 'code' in found ? sendProblem(reply, found) : found;
    },
  );

  api.post(
    '/v1/tokens',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'tokens.make',
        summary: 'Makes a token for this API, and tells it, this once',
        body: Type.Object(
          {
            name: Name,
            scope: Scope,
            expiresAt: Type.Optional(Milliseconds('When it ends by itself; never when left out')),
          },
          { examples: [{ name: 'ci', scope: 'moderate' }] },
        ),
        response: {
          200: Type.Object(
            { token: Type.String(), ...Token.properties },
            {
              examples: [
                {
                  token: 'partyline_0123456789abcdef0123456789abcdef0123456789a',
                  ...{ name: 'ci', scope: 'moderate', createdAt: 1_700_000_000_000 },
                },
              ],
            },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name, scope, expiresAt } = request.body;
        const now = Date.now();
        const wrong = nameProblem(name);
        if (wrong !== undefined) return wrong;
        if (expiresAt !== undefined && expiresAt <= now)
          return problem('time-past', { at: new Date(expiresAt).toISOString() });
        const limit = limits.adminTokens;
        if ((await read.tokens.after('', limit)).length === limit)
          return problem('tokens-too-many', { limit });
        const token = newToken();
        const row: TokenRow = {
          ...{ name, scope, hash: hashToken(token), createdAt: now, until: expiresAt ?? null },
        };
        return {
          work: { type: 'mint', token: row },
          answer: () => ({ token, ...tokenInfo(row) }),
        };
      }),
  );

  api.delete(
    '/v1/tokens/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'tokens.revoke',
        summary: 'Revokes a token: it is void at once, at every chat-core',
        params: Named,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) => {
      const { name } = request.params;
      return perform(request, reply, () => ({
        work: { type: 'annul', name },
        shown: () => show(name),
        answer: () => done,
      }));
    },
  );
};
