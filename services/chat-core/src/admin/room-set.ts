import {
  isPairRoom,
  isProblem,
  type Problem,
  problem,
  RoomSettings,
  roomName,
} from '@partyline/protocol';
import { type Static, Type } from 'typebox';
import type { Reader } from '../store/port.ts';
import type { RoomRow } from '../store/rows.ts';

/** How a room is set, without what changes by itself: its tag stays until somebody sets it. */
export const RoomSet = Type.Object(
  {
    room: Type.String(),
    ...RoomSettings.properties,
    slowMs: Type.Integer({ description: 'A message a person in so many milliseconds; 0: at will' }),
  },
  {
    examples: [
      {
        ...{ room: 'ops', visibility: 'private', speak: 'everyone' },
        ...{ keepMs: 2_592_000_000, keepCount: 0, slowMs: 0 },
      },
    ],
  },
);
export type RoomSet = Static<typeof RoomSet>;

export const roomSetOf = (it: Pick<RoomRow, keyof RoomSet & keyof RoomRow>): RoomSet => {
  const { room, visibility, speak, keepMs, keepCount, slowMs } = it;
  return { room, visibility, speak, keepMs, keepCount, slowMs };
};

/** How a room is set as it is shown. */
export const roomSet =
  (read: Pick<Reader, 'room'>) =>
  async (asked: string): Promise<RoomSet | Problem> => {
    const room = isPairRoom(asked) ? problem('room-unknown', { room: asked }) : roomName(asked);
    if (isProblem(room)) return room;
    const found = await read.room(room);
    return found === undefined ? problem('room-unknown', { room }) : roomSetOf(found);
  };
