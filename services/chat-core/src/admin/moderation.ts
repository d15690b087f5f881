import { type CommandOf, limits, roles } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { type TProperties, Type } from 'typebox';
import { type Api, RoomParams, refusals } from './api.ts';
import { doAsOperator } from './deed.ts';
import type { AdminParts } from './parts.ts';
import type { Scope } from './scope.ts';

const Nick = Type.String({ examples: ['bob'] });
const Reason = Type.Optional(
  Type.String({ maxLength: limits.reasonCodePoints, description: 'Told to who is concerned' }),
);
const ForMs = Type.Optional(
  Type.Integer({
    ...{ minimum: 1_000, maximum: limits.restraintMs },
    description: 'How long, in milliseconds; until it is lifted when left out',
  }),
);
const Who = Type.String({
  ...{ minLength: 1, maxLength: 128, examples: ['bob', 'account:bob', '192.0.2.0/24'] },
  description: 'A nick, account:NICK, or an address range',
});
/** Whom to ban, and how. */
export const Ban = { who: Who, reason: Reason, forMs: ForMs };
export const Done = Type.Object({ done: Type.Literal(true) });

/** What an operator can do in a room, by path: the command of the same name, and its members. */
const deeds = {
  kick: {
    type: 'remove',
    scope: 'moderate',
    summary: 'Puts somebody out of a room, in all sessions',
    members: { nick: Nick, reason: Reason },
  },
  ban: {
    type: 'ban',
    scope: 'moderate',
    summary: 'Keeps somebody out of a room, and puts out who is there',
    members: Ban,
  },
  unban: { type: 'unban', scope: 'moderate', summary: 'Lifts a ban', members: { who: Who } },
  mute: {
    type: 'mute',
    scope: 'moderate',
    summary: "Takes somebody's word in a room",
    members: { nick: Nick, reason: Reason, forMs: ForMs },
  },
  unmute: { type: 'unmute', scope: 'moderate', summary: 'Gives it back', members: { nick: Nick } },
  slow: {
    type: 'slow',
    scope: 'moderate',
    summary: 'Lets each person say something once in a while only',
    members: {
      ms: Type.Integer({ minimum: 0, maximum: limits.slowMs, description: '0 ends slow mode' }),
    },
  },
  role: {
    type: 'role',
    scope: 'admin',
    summary: 'Gives somebody a role in a room, or takes it (member)',
    members: { nick: Nick, role: Type.Enum([...roles]) },
  },
  invite: {
    type: 'invite',
    scope: 'moderate',
    summary: 'Lets somebody into a private room, or (`remove`) no longer',
    members: {
      nick: Nick,
      remove: Type.Optional(Type.Boolean({ description: 'Takes the invitation back' })),
    },
  },
} as const satisfies Record<
  string,
  {
    readonly type: string;
    readonly scope: Scope;
    readonly summary: string;
    readonly members: TProperties;
  }
>;

type RoomDeed = CommandOf<(typeof deeds)[keyof typeof deeds]['type']>;

export const moderation = (api: Api, { line }: AdminParts): void => {
  for (const [name, { type, scope, summary, members }] of Object.entries(deeds))
    api.post(
      `/v1/rooms/:room/${name}`,
      {
        config: { scope },
        schema: {
          ...{ operationId: `rooms.${name}`, summary, params: RoomParams },
          body: Type.Object(members as TProperties),
          response: { 200: Done, ...refusals },
        },
      },
      async (request, reply) => {
        const body = request.body as object;
        // The schema of the path is that of the command but for its room.
        const command = { ...body, type, room: request.params.room } as RoomDeed;
        const refused = await doAsOperator(line, command);
        return refused === undefined ? { done: true as const } : sendProblem(reply, refused);
      },
    );
};
