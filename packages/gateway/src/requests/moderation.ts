import {
  type Command,
  EVERYWHERE,
  isProblem,
  nickProblem,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { ModerationRequest } from '../moderation.ts';
import type { Desk, Member, MemberHandler } from './desk.ts';
import { reasonOf } from './reason.ts';
import { roomOf } from './room-of.ts';

/** Code units that a ban's `who` takes on the bus at most. */
const WHO_LENGTH = 128;

/** The room a moderator means, who needn't be in it. */
const roomMeant = (member: Member, asked: string | undefined): string | Problem => {
  if (asked === undefined) return roomOf(member, asked);
  return asked === EVERYWHERE ? EVERYWHERE : roomName(asked);
};

const because = (reason: string | undefined): { reason?: string } =>
  reason === undefined ? {} : { reason: reasonOf(reason) };

const lasting = ({ forMs }: { readonly forMs?: number }): { forMs?: number } =>
  forMs === undefined ? {} : { forMs };

type DeedRequest = Exclude<ModerationRequest, { readonly type: 'bans' }>;

const commandOf = (request: DeedRequest, room: string): Command => {
  switch (request.type) {
    case 'kick':
      return { type: 'remove', room, nick: request.nick, ...because(request.reason) };
    case 'ban': {
      const { type, who, reason } = request;
      return { type, room, who, ...because(reason), ...lasting(request) };
    }
    case 'mute': {
      const { type, nick, reason } = request;
      return { type, room, nick, ...because(reason), ...lasting(request) };
    }
    case 'unban':
      return { type: 'unban', room, who: request.who };
    case 'unmute':
      return { type: 'unmute', room, nick: request.nick };
    case 'slow':
      return { type: 'slow', room, ms: request.ms };
    case 'role':
      return { type: 'role', room, nick: request.nick, role: request.role };
  }
};

/** What nobody can be called, or nothing banned, isn't worth a question. */
const hopeless = (request: DeedRequest): Problem | undefined => {
  if ('nick' in request && nickProblem(request.nick) !== undefined)
    return problem('nick-unknown', { nick: request.nick });
  if ('who' in request && (request.who === '' || request.who.length > WHO_LENGTH))
    return problem('ban-bad');
  return undefined;
};

/** Has chat-core do what a moderator asks for, if it is a moderator. */
export const moderate = async (
  desk: Desk,
  request: DeedRequest,
  member: Member,
): Promise<Answer | Problem> => {
  const room = roomMeant(member, request.room);
  if (isProblem(room)) return room;
  const wrong = hopeless(request);
  if (wrong !== undefined) return wrong;
  const receipt = await desk.publish('done', commandOf(request, room));
  return isProblem(receipt) ? receipt : { type: 'moderated', deed: { ...request, room } };
};

export const bans: MemberHandler<'bans'> = async (desk, request, member) => {
  const room = roomMeant(member, request.room);
  if (isProblem(room)) return room;
  const receipt = await desk.publish('bans', { type: 'bans', room });
  if (isProblem(receipt)) return receipt;
  return { type: 'bans', room, count: receipt.count, bans: receipt.bans };
};
