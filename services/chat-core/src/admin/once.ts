import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { isProblem, limits, type Problem, problem } from '@partyline/protocol';
import type { FastifyRequest } from 'fastify';
import { secretOf } from './caller.ts';

/** A request that is to be done once, however often it is sent. */
export type Once = {
  /** By whom under which key, as a hash. */
  readonly key: string;
  /** What is asked, as a hash. */
  readonly request: string;
  /** Makes of an answer what may be kept: it may hold a secret, which only the asker is to have. */
  readonly seal: (answer: string) => string;
  readonly open: (sealed: string) => string;
};

const CIPHER = 'aes-256-gcm';
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/** The key of a request, a Structured Field string or bare; undefined when it has none. */
const idempotencyKey = (header: string | string[] | undefined): string | Problem | undefined => {
  if (header === undefined) return undefined;
  const limit = limits.idempotencyKeyCharacters;
  const [, quoted, bare] = /^\s*(?:"([!#-[\]-~]+)"|([!#-[\]-~]+))\s*$/.exec(String(header)) ?? [];
  const key = quoted ?? bare ?? '';
  return key === '' || key.length > limit ? problem('idempotency-key-bad', { limit }) : key;
};

/**
 * What a request's Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) says; undefined
 * without one. Nobody who has the database alone can open what is kept: the key to it is made of the
 * bearer's token.
 */
export const onceOf = (request: FastifyRequest): Once | Problem | undefined => {
  const key = idempotencyKey(request.headers['idempotency-key']);
  if (key === undefined || isProblem(key)) return key;
  const secret = secretOf(request);
  const hash = (what: string): string =>
    createHmac('sha256', secret).update(what).digest('base64url');
  const cipherKey = (): Buffer => Buffer.from(hkdfSync('sha256', secret, key, 'kept answer', 32));
  return {
    key: hash(key),
    request: hash(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`),
    seal: (answer) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, cipherKey(), nonce);
      const sealed = [nonce, cipher.update(answer), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString('base64url');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(CIPHER, cipherKey(), bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
      return Buffer.concat([text, decipher.final()]).toString();
    },
  };
};
