import {
  isPairRoom,
  isProblem,
  LOBBY,
  nickOfPlace,
  nickProblem,
  type Problem,
  placeWith,
  problem,
  roomName,
} from '@partyline/protocol';
import type { Member } from './desk.ts';

/** The room a request means: the one it names, or the one its sender is talking in. */
export const roomOf = (member: Member, asked: string | undefined): string | Problem => {
  if (asked === undefined) return member.room ?? problem('room-not-joined', { room: LOBBY });
  const room = isPairRoom(asked) ? asked : roomName(asked);
  if (isProblem(room) || member.rooms.has(room)) return room;
  return problem('room-not-joined', { room });
};

/** The same, or `@NICK`: the log that the client shares with somebody, which chat-core finds. */
export const placeOf = (member: Member, asked: string | undefined): string | Problem => {
  const nick = asked === undefined ? undefined : nickOfPlace(asked);
  if (nick === undefined) return roomOf(member, asked);
  return nickProblem(nick) === undefined ? placeWith(nick) : problem('nick-unknown', { nick });
};
