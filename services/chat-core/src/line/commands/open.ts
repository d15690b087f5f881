import {
  isProblem,
  LOBBY,
  limits,
  nickKey,
  nickProblem,
  problem,
  roomName,
} from '@partyline/protocol';
import { admissionProblem } from '../admission.ts';
import { admit, knownAlready } from '../arrival.ts';
import { bannedFromAny } from '../moderation/standing.ts';
import { nameTaken } from '../naming.ts';
import { opened } from '../opened.ts';
import type { Decider } from './asked.ts';

/** A guest enters. The same session with the same token again is the same entrance. */
export const open: Decider<'open'> = ({ draft, session, command, by }) => {
  const { nick, token, wire, address = null } = command;
  const stranger = { session, token, instance: by.instance, wire, address };
  const known = knownAlready(draft, stranger);
  if (known !== undefined) return known;

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

  const who = { nick, nameKey: nickKey(nick), person: session, account: null };
  const banned = bannedFromAny(draft, rooms, { session, address, ...who });
  if (banned !== undefined) return banned;
  return opened(draft, admit(draft, stranger, who, rooms));
};
