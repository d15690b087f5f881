import {
  eventQuery,
  isProblem,
  limits,
  nickOfPlace,
  nickProblem,
  type Problem,
  problem,
  roomName,
} from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Desk, Member, MemberHandler } from './desk.ts';
import { reasonOf } from './reason.ts';
import { roomOf } from './room-of.ts';

const joinOne = async (desk: Desk, asked: string, member: Member): Promise<Answer | Problem> => {
  const room = roomName(asked);
  if (isProblem(room)) return room;
  const receipt = await desk.publish('joined', { type: 'join', room });
  if (isProblem(receipt)) return receipt;
  desk.join(receipt.room);
  member.room = room;
  return { type: 'joined', room: receipt.room };
};

/** Joining a room that one is in already makes it the one that is talked in. Each is told by itself. */
export const join: MemberHandler<'join'> = async (desk, request, member) => {
  const { rooms: asked } = request;
  if (asked.length > limits.roomsPerSession)
    return problem('rooms-too-many', { limit: limits.roomsPerSession });
  for (const room of asked.slice(0, -1)) {
    const it = await joinOne(desk, room, member);
    desk.show(isProblem(it) ? { type: 'refused', request: 'join', problem: it } : it, request);
  }
  return joinOne(desk, asked.at(-1) ?? '', member);
};

export const part: MemberHandler<'part'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const why = request.reason === undefined ? {} : { reason: reasonOf(request.reason) };
  const receipt = await desk.publish('parted', { type: 'part', room, ...why });
  if (isProblem(receipt)) return receipt;
  desk.part(room);
  return { type: 'parted', room };
};

export const rooms: MemberHandler<'rooms'> = async (desk, _request, { session }) => ({
  type: 'rooms',
  rooms: await desk.line.rooms(session),
});

export const members: MemberHandler<'members'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  return { type: 'members', room, ...(await desk.line.members(room, request.limit)) };
};

/** The log that the client shares with somebody, whether there is one yet or not. */
export const pairWith = async (
  desk: Desk,
  nick: string,
  member: Member,
): Promise<string | Problem> => {
  if (nickProblem(nick) !== undefined) return problem('nick-unknown', { nick });
  const [found] = await desk.line.people([nick], member.session);
  return found?.pair ?? problem('nick-unknown', { nick });
};

export const history: MemberHandler<'history'> = async (desk, request, member) => {
  const nick = request.room === undefined ? undefined : nickOfPlace(request.room);
  const room =
    nick === undefined ? roomOf(member, request.room) : await pairWith(desk, nick, member);
  if (isProblem(room)) return room;
  const query = eventQuery(request, Math.min(request.limit, limits.pageEvents));
  if (isProblem(query)) return query;
  const page = await desk.line.events(room, { ...query, later: true });
  const { first, head, events, later = [] } = page;
  return { type: 'history', room, first, head, events, ...(later.length > 0 && { later }) };
};
