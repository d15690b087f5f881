import type { RoomInfo } from '@partyline/protocol';
import type { RoomRow } from './rows.ts';

/** What a room is about, as lists and those in it are told. */
export const topicOf = ({
  topic,
  topicBy,
  topicAt,
}: Pick<RoomRow, 'topic' | 'topicBy' | 'topicAt'>): Pick<
  RoomInfo,
  'topic' | 'topicBy' | 'topicAt'
> => ({
  ...(topic !== null && { topic }),
  ...(topicBy !== null && { topicBy }),
  ...(topicAt !== null && { topicAt }),
});

/** A room as lists tell it. */
export const roomInfo = (
  row: Pick<RoomRow, 'room' | 'members' | 'seq' | 'topic' | 'topicBy' | 'topicAt' | 'visibility'>,
): RoomInfo => {
  const { room, members, seq, visibility } = row;
  return {
    ...{ room, members, seq },
    ...topicOf(row),
    ...(visibility === 'private' && { visibility }),
  };
};
