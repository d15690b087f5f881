import { type Envelope, isPairRoom, isProblem, nickOfPlace, roomName } from '@partyline/protocol';
import type { Scope } from '../store/port.ts';
import type { Work } from './work.ts';

/** The room that a publish says something in, as its one spelling, when that is all it may change. */
const roomOf = ({ command }: Envelope): string | undefined => {
  switch (command.type) {
    case 'say':
    case 'edit':
    case 'react':
    case 'typing': {
      // What two people write to each other may bring them into its log.
      if (isPairRoom(command.room) || nickOfPlace(command.room) !== undefined) return undefined;
      const room = roomName(command.room);
      return isProblem(room) ? undefined : room;
    }
    default:
      return undefined;
  }
};

/** What a batch changes at most; undefined when it may change anything. */
export const scopeOf = (works: readonly Work[]): Scope | undefined => {
  const rooms = new Set<string>();
  for (const work of works) {
    const isOfSession = work.type === 'publish' && work.grant === undefined;
    const room = isOfSession ? roomOf(work.envelope) : undefined;
    if (room === undefined) return undefined;
    rooms.add(room);
  }
  return { rooms: [...rooms] };
};
