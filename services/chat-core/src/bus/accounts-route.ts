import {
  commands,
  isProblem,
  LOBBY,
  nickKey,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import type { Evidence } from '../line/evidence.ts';
import { sessionOf } from '../line/token.ts';
import { newAccountId, passwordProblem } from '../people/account.ts';
import type { AccountRow } from '../store/rows.ts';
import type { BusParts } from './parts.ts';

const text = { type: 'string', maxLength: 1_024 } as const;
const body = <const M extends string>(...members: M[]) => ({
  type: 'object',
  properties: Object.fromEntries(members.map((member) => [member, text])),
  required: members,
});

/** As `open` has it on the line: an account comes in as a guest does, but for the password. */
const login = body('instance', 'token', 'wire');
const { token, address, rooms } = commands.open.properties;
const quiet = { type: 'boolean' } as const;
/** A nick with its password, or a certificate, of the nick if one is given. */
const claim = { nick: text, password: text, certificate: text };
const claimed = [{ required: ['nick', 'password'] }, { required: ['certificate'] }] as const;
const proofBody = {
  ...{ type: 'object', properties: { ...claim, address }, anyOf: claimed },
} as const;
const loginBody = {
  ...{ ...login, anyOf: claimed },
  properties: { ...login.properties, ...claim, token, address, rooms, quiet },
};
const identifyBody = {
  ...{ ...body('session'), anyOf: claimed },
  properties: { session: text, ...claim },
};

type ClaimBody = { nick?: string; password?: string; certificate?: string };

/** The one spelling of each room, the first that is no name told. */
const spelled = (rooms: readonly string[]): readonly string[] | Problem => {
  const names = rooms.map(roomName);
  return names.find(isProblem) ?? names.filter((it) => typeof it === 'string');
};

/**
 * `/bus/v1/accounts`: a guest keeps its nick, or proves that one is its own. Passwords are hashed
 * before anything is decided: the line never waits for a hash.
 */
export const accountsRoute = (bus: FastifyInstance, parts: BusParts): void => {
  const { line, read, passwords, prove } = parts;

  /** The account that somebody proves to be, and by what: a password or a certificate. */
  const proveClaim = async (
    { nick, password = '', certificate }: ClaimBody,
    address: string | null,
  ): Promise<{ readonly owner: AccountRow; readonly evidence: Evidence } | Problem> => {
    if (certificate === undefined) {
      const owner = await prove({ nick: nick ?? '', password, address });
      return isProblem(owner) ? owner : { owner, evidence: { password: owner.password } };
    }
    const owner = await read.accountByCertificate(certificate);
    const isMeant = nick === undefined || owner?.nameKey === nickKey(nick);
    return owner !== undefined && isMeant
      ? { owner, evidence: { certificate } }
      : problem('certificate-unknown');
  };

  bus.post<{ Body: { session: string; password: string } }>(
    '/bus/v1/accounts/register',
    { schema: { body: body('session', 'password') } },
    async (request, reply) => {
      const { session, password } = request.body;
      const wrong = passwordProblem(password);
      if (wrong !== undefined) return sendProblem(reply, wrong);
      const hashed = await passwords.hash(password);
      const account = newAccountId();
      const it = await line.run({ type: 'register', session, account, password: hashed });
      return isProblem(it) ? sendProblem(reply, it) : it;
    },
  );

  bus.post<{ Body: { session: string } & ClaimBody }>(
    '/bus/v1/accounts/identify',
    { schema: { body: identifyBody } },
    async (request, reply) => {
      const { session } = request.body;
      const address = await read.addressOf(session);
      if (address === undefined) return sendProblem(reply, problem('session-unknown', { session }));
      const found = await proveClaim(request.body, address);
      if (isProblem(found)) return sendProblem(reply, found);
      const { owner, evidence } = found;
      const it = await line.run({ type: 'identify', session, account: owner.account, evidence });
      return isProblem(it) ? sendProblem(reply, it) : it;
    },
  );

  bus.post<{ Body: ClaimBody & { address?: string } }>(
    '/bus/v1/accounts/prove',
    { schema: { body: proofBody } },
    async (request, reply) => {
      const found = await proveClaim(request.body, request.body.address ?? null);
      return isProblem(found)
        ? sendProblem(reply, found)
        : { nick: found.owner.nick, account: found.owner.account, accountNick: found.owner.nick };
    },
  );

  bus.post<{
    Body: Record<'instance' | 'token' | 'wire', string> &
      ClaimBody & { address?: string; rooms?: string[]; quiet?: boolean };
  }>('/bus/v1/accounts/login', { schema: { body: loginBody } }, async (request, reply) => {
    const { nick: _, password: _password, certificate: _certificate, ...how } = request.body;
    const { address = null, rooms: asked = [LOBBY], ...stranger } = how;
    const rooms = spelled(asked);
    if (isProblem(rooms)) return sendProblem(reply, rooms);
    const found = await proveClaim(request.body, address);
    if (isProblem(found)) return sendProblem(reply, found);
    // Who asked and doesn't listen any more would be a ghost.
    if (reply.raw.destroyed) return reply;
    const session = sessionOf(stranger.token);
    const { owner, evidence } = found;
    const it = await line.run({
      ...{ type: 'login', account: owner.account, evidence, session, address, rooms, ...stranger },
    });
    return isProblem(it) ? sendProblem(reply, it) : { id: session, ...it };
  });
};
