import { EVERY_PUBLIC_ROOM, isProblem, limits, type Problem, roomName } from '@partyline/protocol';
import { Type } from 'typebox';

/** The rooms that a bot or a webhook is for. */
export const RoomNames = Type.Array(Type.String(), {
  ...{ minItems: 1, maxItems: limits.roomsPerBot, examples: [['lobby']] },
  description: 'Where; * is every public room',
});

/** The same in their one spelling. */
export const roomNames = (asked: readonly string[]): string[] | Problem => {
  const rooms = new Set<string>();
  for (const it of asked) {
    const room = it === EVERY_PUBLIC_ROOM ? it : roomName(it);
    if (isProblem(room)) return room;
    rooms.add(room);
  }
  return [...rooms];
};
