import {
  cleanText,
  isPairRoom,
  isProblem,
  type Problem,
  problem,
  textProblem,
} from '@partyline/protocol';
import type { RoomRow } from '../../store/rows.ts';
import { OPERATOR } from '../draft.ts';
import { type Author, append } from '../log.ts';
import { operator, record } from '../moderation/doing.ts';
import { mutedIn } from '../moderation/standing.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { repeatByOperator, repeatOf, roomToSpeakIn, spelling } from './say.ts';

/** Who sets it, if they may; the operator may everywhere. */
const setter = (
  asked: Asked<'topic'>,
  name: string,
): { readonly author: Author; readonly room: RoomRow } | Problem => {
  const { draft, by } = asked;
  if (by.instance === OPERATOR) {
    const room = draft.room(name);
    return room === undefined
      ? problem('room-unknown', { room: name })
      : { author: operator, room };
  }
  const author = actor(asked);
  if ('code' in author) return author;
  const room = roomToSpeakIn(draft, author, name);
  if ('code' in room) return room;
  return mutedIn(draft, name, author.person) ?? { author, room };
};

/** Sets what a room is about, in one line; an empty one clears it. */
export const topic: Decider<'topic'> = (asked) => {
  const { draft, id, command, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  if (isPairRoom(name)) return problem('room-unknown', { room: name });
  const repeat =
    asked.by.instance === OPERATOR ? repeatByOperator(asked, name) : repeatOf(asked, name);
  if (repeat !== undefined) return repeat;

  const found = setter(asked, name);
  if ('code' in found) return found;
  const { author, room } = found;
  const text = cleanText(command.text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const wrong = text === '' ? undefined : textProblem(text);
  if (wrong !== undefined) return wrong;
  if (author === operator) record(draft, operator, { deed: 'topic', room: name, detail: text });
  const about =
    text === ''
      ? { topic: null, topicBy: null, topicAt: null }
      : { topic: text, topicBy: author.nick, topicAt: draft.now };
  return append(draft, { room: { ...room, ...about }, id, author, kind: 'topic', text, trace });
};
