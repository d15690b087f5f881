import { LOBBY, type Problem, problem } from '@partyline/protocol';
import type { RoomRow, SessionRow } from '../store/rows.ts';
import type { Draft } from './draft.ts';
import { isAtLeast } from './moderation/rights.ts';
import { rankIn } from './moderation/standing.ts';

/** Who asks. What a guest was given holds for the account that it becomes, as long as its session lives. */
export type Person = Pick<SessionRow, 'session' | 'person' | 'account'>;

/** Whether somebody runs a room, or helps to. */
export const runs = (draft: Draft, { room }: RoomRow, { person }: Person): boolean =>
  isAtLeast(rankIn(draft, room, person), 'moderator');

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
    runs(draft, room, person) ||
    draft.isInvited(name, person.person) ||
    draft.isInvited(name, person.session);
  return isOpen ? undefined : problem('room-invitation-needed', { room: name });
};
