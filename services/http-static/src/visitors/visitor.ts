import { isUtf8 } from 'node:buffer';
import { type Problem, problem } from '@partyline/protocol';
import { plainAddress } from '@partyline/service';
import type { FastifyRequest } from 'fastify';

/** Who asks for something over HTTP. Without a nick it is a guest whose name is made up. */
export type Visitor = {
  readonly address: string;
  readonly nick?: string;
  /** Of the account that the nick is registered to. */
  readonly password?: string;
};

/** The header's bytes as the UTF-8 that they are; Node reads headers as Latin-1. */
const utf8 = (bytes: Buffer): string | undefined =>
  isUtf8(bytes) ? bytes.toString('utf8') : undefined;

/** Nick and password as HTTP Basic has them (RFC 7617); undefined when that is not what it says. */
const readBasic = (header: string): { nick: string; password: string } | undefined => {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header) ?? [];
  const credentials = encoded === undefined ? undefined : utf8(Buffer.from(encoded, 'base64'));
  const colon = credentials?.indexOf(':') ?? -1;
  if (credentials === undefined || colon === -1) return undefined;
  return { nick: credentials.slice(0, colon), password: credentials.slice(colon + 1) };
};

const first = (value: unknown): string | undefined => {
  const it: unknown = Array.isArray(value) ? value[0] : value;
  return typeof it === 'string' && it !== '' ? it : undefined;
};

/**
 * The visitor that a request is from: an account by HTTP Basic; else a guest by `?nick=`, `X-Nick`,
 * or Basic without a password.
 */
export const visitorOf = (request: FastifyRequest): Visitor | Problem => {
  const address = plainAddress(request.ip);
  const { authorization, 'x-nick': named } = request.headers;
  if (authorization !== undefined) {
    const basic = readBasic(authorization);
    if (basic === undefined)
      return problem('request-bad', { reason: 'Authorization must be Basic, in UTF-8.' });
    const { nick, password } = basic;
    return password === '' ? { address, nick } : { address, nick, password };
  }
  const header = first(named);
  const nick =
    first((request.query as Record<string, unknown>).nick) ??
    (header === undefined ? undefined : (utf8(Buffer.from(header, 'latin1')) ?? header));
  return nick === undefined ? { address } : { address, nick };
};
