import { isPairRoom, isProblem, problem, roomName } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import type { FastifyReply } from 'fastify';
import type { Reader } from '../store/port.ts';

/** The one spelling of a room that is there; undefined, and answered, for any other. */
export const existingRoom = async (
  read: Reader,
  asked: string,
  reply: FastifyReply,
): Promise<string | undefined> => {
  const room = isPairRoom(asked) ? asked : roomName(asked);
  if (isProblem(room)) sendProblem(reply, room);
  else if ((await read.room(room)) === undefined)
    sendProblem(reply, problem('room-unknown', { room }));
  else return room;
  return undefined;
};
