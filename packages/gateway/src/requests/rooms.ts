import { isProblem, limits, roomName } from '@partyline/protocol';
import type { MemberHandler } from './desk.ts';
import { roomOf } from './room-of.ts';

/** Joining a room that one is in already makes it the one that is talked in. */
export const join: MemberHandler<'join'> = async (desk, request, member) => {
  const room = roomName(request.room);
  if (isProblem(room)) return room;
  const receipt = await desk.publish('joined', { type: 'join', room });
  if (isProblem(receipt)) return receipt;
  desk.join(receipt.room);
  member.room = room;
  return { type: 'joined', room: receipt.room };
};

export const part: MemberHandler<'part'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const receipt = await desk.publish('parted', { type: 'part', room });
  if (isProblem(receipt)) return receipt;
  desk.part(room);
  return { type: 'parted', room };
};

export const rooms: MemberHandler<'rooms'> = async (desk) => ({
  type: 'rooms',
  rooms: await desk.line.rooms(),
});

export const members: MemberHandler<'members'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  return { type: 'members', room, ...(await desk.line.members(room)) };
};

export const history: MemberHandler<'history'> = async (desk, request, member) => {
  const room = roomOf(member, request.room);
  if (isProblem(room)) return room;
  const limit = Math.min(request.limit, limits.pageEvents);
  const { first, head, events } = await desk.line.events(
    room,
    request.after !== undefined
      ? { after: request.after, limit }
      : { before: request.before ?? Number.MAX_SAFE_INTEGER, limit },
  );
  return { type: 'history', room, first, head, events };
};
