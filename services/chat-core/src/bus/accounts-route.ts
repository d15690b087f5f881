import { commands, isProblem, LOBBY, type Problem, problem, roomName } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyInstance } from 'fastify';
import { sessionOf } from '../line/token.ts';
import { newAccountId, passwordProblem } from '../people/account.ts';
import type { BusParts } from './parts.ts';

const text = { type: 'string', maxLength: 1_024 } as const;
const body = <const M extends string>(...members: M[]) => ({
  type: 'object',
  properties: Object.fromEntries(members.map((member) => [member, text])),
  required: members,
});

/** As `open` has it on the line: an account comes in as a guest does, but for the password. */
const login = body('instance', 'token', 'nick', 'password', 'wire');
const { token, address, rooms } = commands.open.properties;
const quiet = { type: 'boolean' } as const;
const proofProperties = { nick: text, password: text, address };
const loginBody = {
  ...login,
  properties: { ...login.properties, token, address, rooms, quiet },
};

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

  bus.post<{ Body: { session: string; nick: string; password: string } }>(
    '/bus/v1/accounts/identify',
    { schema: { body: body('session', 'nick', 'password') } },
    async (request, reply) => {
      const { session, nick, password } = request.body;
      const address = await read.addressOf(session);
      if (address === undefined) return sendProblem(reply, problem('session-unknown', { session }));
      const found = await prove({ nick, password, address });
      if (isProblem(found)) return sendProblem(reply, found);
      const it = await line.run({ type: 'identify', session, account: found.account });
      return isProblem(it) ? sendProblem(reply, it) : it;
    },
  );

  bus.post<{ Body: { nick: string; password: string; address?: string } }>(
    '/bus/v1/accounts/prove',
    { schema: { body: { ...body('nick', 'password'), properties: proofProperties } } },
    async (request, reply) => {
      const { nick, password, address = null } = request.body;
      const found = await prove({ nick, password, address });
      return isProblem(found)
        ? sendProblem(reply, found)
        : { nick: found.nick, account: found.account, accountNick: found.nick };
    },
  );

  bus.post<{
    Body: Record<'instance' | 'token' | 'nick' | 'password' | 'wire', string> & {
      address?: string;
      rooms?: string[];
      quiet?: boolean;
    };
  }>('/bus/v1/accounts/login', { schema: { body: loginBody } }, async (request, reply) => {
    const { nick, password, address = null, rooms: asked = [LOBBY], ...stranger } = request.body;
    const rooms = spelled(asked);
    if (isProblem(rooms)) return sendProblem(reply, rooms);
    const found = await prove({ nick, password, address });
    if (isProblem(found)) return sendProblem(reply, found);
    // Who asked and doesn't listen any more would be a ghost.
    if (reply.raw.destroyed) return reply;
    const session = sessionOf(stranger.token);
    const { account } = found;
    const it = await line.run({ type: 'login', account, session, address, rooms, ...stranger });
    return isProblem(it) ? sendProblem(reply, it) : { id: session, ...it };
  });
};
