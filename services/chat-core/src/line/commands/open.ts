import {
  isProblem,
  LOBBY,
  limits,
  nickKey,
  nickProblem,
  problem,
  roomName,
} from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import { admissionProblem } from '../admission.ts';
import { enter } from '../membership.ts';
import { nameTaken } from '../naming.ts';
import { opened } from '../opened.ts';
import { hashToken, isSameToken, sessionOf } from '../token.ts';
import type { Decider } from './asked.ts';

/** A guest enters. The same session with the same token again is the same entrance. */
export const open: Decider<'open'> = ({ draft, session, command, by }) => {
  const { nick, token, wire, address = null } = command;
  if (sessionOf(token) !== session) return problem('session-unknown', { session });
  const found = draft.session(session);
  if (found !== undefined) {
    const isRepeat =
      isSameToken(token, found.tokenHash) &&
      found.state === 'live' &&
      found.instance === by.instance;
    return isRepeat ? opened(draft, found) : problem('session-unknown', { session });
  }

  const wrong = nickProblem(nick) ?? nameTaken(draft, nick);
  if (wrong !== undefined) return wrong;
  const rooms = new Set<string>();
  for (const asked of command.rooms ?? [LOBBY]) {
    const room = roomName(asked);
    if (isProblem(room)) return room;
    rooms.add(room);
  }
  if (rooms.size > limits.roomsPerSession)
    return problem('rooms-too-many', { limit: limits.roomsPerSession });

  const guest = { session, person: session, account: null };
  for (const room of rooms) {
    const wrong = admissionProblem(draft, guest, room);
    if (wrong !== undefined) return wrong;
  }

  const nameKey = nickKey(nick);
  const row: SessionRow = {
    ...{ session, tokenHash: hashToken(token), state: 'live', until: null, nick, nameKey },
    ...guest,
    ...{ instance: by.instance, wire, address },
    ...{ openedAt: draft.now, rooms: null },
  };
  draft.claimName({ nameKey, nick, person: session });
  draft.putSession(row);
  draft.members.begin(session);
  for (const room of rooms) enter(draft, row, room);
  return opened(draft, row);
};
