import {
  type Card,
  cleanText,
  isPairRoom,
  isProblem,
  type Problem,
  problem,
  roomName,
  textProblem,
} from '@partyline/protocol';
import type { RoomRow, SessionRow } from '../../store/rows.ts';
import { runs } from '../admission.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import { append, receiptOfRepeat } from '../log.ts';
import { mutedIn, takeTurn } from '../moderation/standing.ts';
import { replyTo } from '../references.ts';
import { type Asked, actor, type Decider } from './asked.ts';

/** The one spelling of a room that a session names; a pair's log is named as it is. */
export const spelling = (room: string): string | Problem =>
  isPairRoom(room) ? room : roomName(room);

/** A room that a session is in. */
export const joinedRoom = (
  draft: Draft,
  { session }: SessionRow,
  room: string,
): RoomRow | Problem =>
  (draft.members.of(session).has(room) ? draft.room(room) : undefined) ??
  problem('room-not-joined', { room });

/** A room that a session is in and may speak in. */
export const roomToSpeakIn = (
  draft: Draft,
  session: SessionRow,
  name: string,
): RoomRow | Problem => {
  const room = joinedRoom(draft, session, name);
  if ('code' in room || room.speak === 'everyone' || runs(draft, room, session)) return room;
  return problem('room-read-only', { room: name });
};

/** The receipt of what the operator published already. */
export const repeatByOperator = ({ draft, id }: Pick<Asked<'say'>, 'draft' | 'id'>, room: string) =>
  receiptOfRepeat(draft, room, OPERATOR, id);

/**
 * The receipt of a publish that is in the log already, whatever became of its session since: what a
 * guest published is not published again by the account that it became.
 */
export const repeatOf = (
  { draft, session, id }: Pick<Asked<'say'>, 'draft' | 'session' | 'id'>,
  room: string,
) => {
  const author = draft.session(session);
  return (
    author &&
    (receiptOfRepeat(draft, room, author.person, id) ??
      receiptOfRepeat(draft, room, author.session, id))
  );
};

/** Appends a message to a room that its author is in. */
export const say: Decider<'say'> = (asked) => speak(asked);

/** The same, with a card that a service made for it. */
export const speak = (asked: Asked<'say'>, card?: Card): ReturnType<Decider<'say'>> => {
  const { draft, id, command, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const repeat = repeatOf(asked, name);
  if (repeat !== undefined) return repeat;

  const author = actor(asked);
  if ('code' in author) return author;
  const room = roomToSpeakIn(draft, author, name);
  if ('code' in room) return room;
  const text = cleanText(command.text);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  const target = replyTo(draft, author, name, command.ref);
  if ('code' in target) return target;
  const silenced = mutedIn(draft, name, author.person) ?? takeTurn(draft, room, author.person);
  if (silenced !== undefined) return silenced;
  const kind = command.kind ?? 'message';
  return append(draft, { room, id, author, kind, text, card, ...target, trace });
};
