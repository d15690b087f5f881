import { type CommandOf, limits, roles } from '@partyline/protocol';
import { type TProperties, Type } from 'typebox';
import type { Scope } from '../store/tokens/rows.ts';
import { type Api, RoomParams, refusals } from './api.ts';
import { Done, done } from './done.ts';
import type { AdminParts } from './parts.ts';
import { asOperator } from './perform.ts';
import { rolesIn } from './roles.ts';
import { roomSet } from './room-set.ts';

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
  ...{ minLength: 1, maxLength: 128, examples: ['192.0.2.0/24'] },
  description: 'A nick, account:NICK, or an address range',
});
/** Whom to ban, and how. */
export const Ban = { who: Who, reason: Reason, forMs: ForMs };

type Shown = 'settings' | 'roles';

/** What an operator can do in a room, by path: the command of the same name, and its members. */
const deeds = {
  kick: {
    type: 'remove',
    scope: 'moderate',
    summary: 'Puts somebody out of a room, in all sessions',
    members: { nick: Nick, reason: Reason },
    example: { nick: 'bob', reason: 'too loud' },
  },
  ban: {
    type: 'ban',
    scope: 'moderate',
    summary: 'Keeps somebody out of a room, and puts out who is there',
    members: Ban,
    example: { who: '192.0.2.0/24', forMs: 86_400_000, reason: 'spam' },
  },
  unban: {
    type: 'unban',
    scope: 'moderate',
    summary: 'Lifts a ban',
    members: { who: Who },
    example: { who: '192.0.2.0/24' },
  },
  mute: {
    type: 'mute',
    scope: 'moderate',
    summary: "Takes somebody's word in a room",
    members: { nick: Nick, reason: Reason, forMs: ForMs },
    example: { nick: 'bob', forMs: 600_000, reason: 'cool down' },
  },
  unmute: {
    type: 'unmute',
    scope: 'moderate',
    summary: 'Gives it back',
    members: { nick: Nick },
    example: { nick: 'bob' },
  },
  slow: {
    type: 'slow',
    scope: 'moderate',
    summary: 'Lets each person say something once in a while only',
    members: {
      ms: Type.Integer({ minimum: 0, maximum: limits.slowMs, description: '0 ends slow mode' }),
    },
    example: { ms: 10_000 },
    shown: 'settings',
  },
  role: {
    type: 'role',
    scope: 'admin',
    summary: 'Gives somebody a role in a room, or takes it (member)',
    members: { nick: Nick, role: Type.Enum([...roles]) },
    example: { nick: 'bob', role: 'moderator' },
    shown: 'roles',
  },
  invite: {
    type: 'invite',
    scope: 'moderate',
    summary: 'Lets somebody into a private room, or (`remove`) no longer',
    members: {
      nick: Nick,
      remove: Type.Optional(Type.Boolean({ description: 'Takes the invitation back' })),
    },
    example: { nick: 'bob' },
  },
} as const satisfies Record<
  string,
  {
    readonly type: string;
    readonly scope: Scope;
    readonly summary: string;
    readonly members: TProperties;
    readonly example: object;
    /** What If-Match is about, if anything shows what it changes. */
    readonly shown?: Shown;
  }
>;

type RoomDeed = CommandOf<(typeof deeds)[keyof typeof deeds]['type']>;

export const moderation = (api: Api, { read, perform }: AdminParts): void => {
  const shows = { settings: roomSet(read), roles: rolesIn(read) };
  for (const [name, it] of Object.entries(deeds)) {
    const { type, scope, summary, members, example } = it;
    const show = 'shown' in it ? shows[it.shown] : undefined;
    api.post(
      `/v1/rooms/:room/${name}`,
      {
        config: { scope },
        schema: {
          ...{ operationId: `rooms.${name}`, summary, params: RoomParams },
          body: Type.Object(members as TProperties, { examples: [example] }),
          response: { 200: Done, ...refusals },
        },
      },
      (request, reply) => {
        const { room } = request.params;
        const body = request.body as object;
        return perform(request, reply, () => ({
          // The schema of the path is that of the command but for its room.
          work: asOperator({ ...body, type, room } as RoomDeed),
          ...(show !== undefined && { shown: () => show(room) }),
          answer: () => done,
        }));
      },
    );
  }
};
