import type { RoomInfo } from '@partyline/protocol';
import type { RoomRow } from './rows.ts';

/** A room as lists tell it. */
export const roomInfo = ({
  room,
  members,
  seq,
  topic,
  visibility,
}: Pick<RoomRow, 'room' | 'members' | 'seq' | 'topic' | 'visibility'>): RoomInfo => ({
  ...{ room, members, seq },
  ...(topic !== null && { topic }),
  ...(visibility === 'private' && { visibility }),
});
