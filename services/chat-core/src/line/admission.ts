import { isPairRoom, LOBBY, type Problem, problem } from '@partyline/protocol';
import type { RoomRow, SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';

/** Who asks. What a guest was given holds for the account that it becomes, as long as its session lives. */
export type Person = Pick<SessionRow, 'session' | 'person' | 'account'>;

/** Whether somebody runs a room. */
export const runs = (room: RoomRow, { session, person }: Person): boolean =>
  room.owner === person || room.owner === session;

/** Who runs a room that somebody makes by coming in. */
export const ownerOfNew = (room: string, { person }: Person): string | null =>
  room === LOBBY || isPairRoom(room) ? null : person;

const mayMake = (draft: Draft, { account }: Person): boolean => {
  switch (draft.rules.roomCreation) {
    case 'everyone':
      return true;
    case 'accounts':
      return account !== null;
    case 'operator':
      return false;
  }
};

/** Why somebody who is not in a room can't come in, or undefined. */
export const admissionProblem = (
  draft: Draft,
  person: Person,
  name: string,
): Problem | undefined => {
  const room = draft.room(name);
  if (room === undefined)
    return name === LOBBY || mayMake(draft, person)
      ? undefined
      : problem('room-creation-refused', { room: name });
  const isOpen =
    room.visibility === 'public' ||
    runs(room, person) ||
    draft.isInvited(name, person.person) ||
    draft.isInvited(name, person.session);
  return isOpen ? undefined : problem('room-invitation-needed', { room: name });
};
