import { isPairRoom, isProblem, type Problem, problem, roomName } from '@partyline/protocol';
import type { Reader } from '../store/port.ts';

/** The one spelling of a room that is there. */
export const existingRoom = async (
  read: Pick<Reader, 'room'>,
  asked: string,
): Promise<string | Problem> => {
  const room = isPairRoom(asked) ? asked : roomName(asked);
  if (isProblem(room)) return room;
  return (await read.room(room)) === undefined ? problem('room-unknown', { room }) : room;
};
