import type { Bus } from '@partyline/bus';
import {
  type EventPage,
  type EventQuery,
  type InstanceInfo,
  isProblem,
  LOBBY,
  type MemberInfo,
  type Problem,
  problem,
  type RoomInfo,
} from '@partyline/protocol';

/** The room that holds the guestbook. */
export const GUESTBOOK = 'guestbook';

/** Rooms that are there for everybody, though nobody may have come yet. */
const standing: ReadonlySet<string> = new Set([LOBBY, GUESTBOOK]);

type Members = { readonly count: number; readonly members: readonly MemberInfo[] };

/** What strangers may read: public rooms. A line that is away is a problem, not an exception. */
export interface Reads {
  room(room: string): Promise<RoomInfo | Problem>;
  rooms(): Promise<readonly RoomInfo[] | Problem>;
  instances(): Promise<readonly InstanceInfo[] | Problem>;
  members(room: string): Promise<Members | Problem>;
  events(room: string, query: EventQuery): Promise<EventPage | Problem>;
}

const answered = async <T>(answer: Promise<T>): Promise<T | Problem> => {
  try {
    return await answer;
  } catch {
    return problem('unavailable');
  }
};

/** Undefined for a room that is yet to be. */
type Found = RoomInfo | Problem | undefined;

/** What is asked of the line for strangers. */
export type ReadingLine = Pick<Bus, 'room' | 'rooms' | 'members' | 'events' | 'instances'>;

export const createReads = (line: ReadingLine): Reads => {
  const find = async (name: string): Promise<Found> => {
    const info = await answered(line.room(name, ''));
    const isYetToBe = isProblem(info) && info.code === 'room-unknown' && standing.has(name);
    return isYetToBe ? undefined : info;
  };
  const inPublic = async <T>(room: string, empty: T, read: () => Promise<T>) => {
    const info = await find(room);
    if (info === undefined) return empty;
    return isProblem(info) ? info : answered(read());
  };
  return {
    room: async (room) => (await find(room)) ?? { room, members: 0, seq: 0 },
    rooms: () => answered(line.rooms('')),
    instances: () => answered(line.instances()),
    members: (room) => inPublic<Members>(room, { count: 0, members: [] }, () => line.members(room)),
    events: (room, query) =>
      inPublic<EventPage>(room, { room, epoch: '', first: 0, head: 0, events: [] }, () =>
        line.events(room, query),
      ),
  };
};
