import { cleanText, isPairRoom, isProblem, problem, textProblem } from '@partyline/protocol';
import { append } from '../log.ts';
import { mutedIn } from '../moderation/standing.ts';
import { actor, type Decider } from './asked.ts';
import { repeatOf, roomToSpeakIn, spelling } from './say.ts';

/** Sets what a room is about, in one line; an empty one clears it. */
export const topic: Decider<'topic'> = (asked) => {
  const { draft, id, command, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  if (isPairRoom(name)) return problem('room-unknown', { room: name });
  const repeat = repeatOf(asked, name);
  if (repeat !== undefined) return repeat;

  const author = actor(asked);
  if ('code' in author) return author;
  const room = roomToSpeakIn(draft, author, name);
  if ('code' in room) return room;
  const muted = mutedIn(draft, name, author.person);
  if (muted !== undefined) return muted;
  const text = cleanText(command.text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const wrong = text === '' ? undefined : textProblem(text);
  if (wrong !== undefined) return wrong;
  const about =
    text === ''
      ? { topic: null, topicBy: null, topicAt: null }
      : { topic: text, topicBy: author.nick, topicAt: draft.now };
  return append(draft, { room: { ...room, ...about }, id, author, kind: 'topic', text, trace });
};
