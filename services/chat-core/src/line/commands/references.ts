import {
  cleanText,
  type EventKind,
  isPairRoom,
  isProblem,
  nickOfPlace,
  type Problem,
  pairPersons,
  pairRoom,
  problem,
  type Ref,
  reactionProblem,
  textProblem,
} from '@partyline/protocol';
import type { Referred, RoomRow, SessionRow } from '../../store/rows.ts';
import { type Draft, OPERATOR } from '../draft.ts';
import { type Answered, append } from '../log.ts';
import { called, operator, record } from '../moderation/doing.ts';
import { isBelow, lacking } from '../moderation/rights.ts';
import { mutedIn, rankIn } from '../moderation/standing.ts';
import { isBy, reactionOf, referredBy, toWhom } from '../references.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { bringIn } from './private.ts';
import { joinedRoom, repeatByOperator, repeatOf, roomToSpeakIn, spelling } from './say.ts';

/** Who does something about what in which room. */
type Case = { readonly author: SessionRow; readonly room: RoomRow; readonly target: Referred };

/** The room that a session names, which may be the log that it shares with somebody. */
const placeOf = (
  { draft, session }: Pick<Asked<'edit'>, 'draft' | 'session'>,
  asked: string,
): string | Problem => {
  const nick = nickOfPlace(asked);
  if (nick === undefined) return spelling(asked);
  const author = draft.session(session);
  const other = called(draft, nick);
  return author === undefined || other === undefined
    ? problem('nick-unknown', { nick })
    : pairRoom(author.person, other.person);
};

/** Whether a room is the log that somebody shares with somebody, also while not shown it. */
const isOwnPair = (room: string, { person }: SessionRow): boolean =>
  isPairRoom(room) && pairPersons(room).includes(person);

/** Decides about what was said in a room where the session may do so; a repeated publish gets its receipt. */
const about = <T extends 'edit' | 'delete' | 'react'>(
  asked: Asked<T>,
  roomOf: typeof joinedRoom,
  decide: (it: Case) => Answered | Problem,
): Answered | Problem => {
  const { draft } = asked;
  const command: { readonly room: string; readonly ref: Ref } = asked.command;
  const name = placeOf(asked, command.room);
  if (isProblem(name)) return name;
  const repeat = repeatOf(asked, name);
  if (repeat !== undefined) return repeat;
  const author = actor(asked);
  if ('code' in author) return author;
  const room = isOwnPair(name, author) ? draft.room(name) : roomOf(draft, author, name);
  if (room === undefined) return problem('event-unfound', { room: command.room });
  if ('code' in room) return room;
  const target = referredBy(draft, author, name, command.ref);
  if ('code' in target) return problem(target.code, { ...target.params, room: command.room });
  return decide({ author, room, target });
};

/** Appends what is done about something; whoever isn't shown the log of two it is in, is from then on. */
const put = (
  { draft, id, trace }: Pick<Asked<'edit'>, 'draft' | 'id' | 'trace'>,
  { author, room, target }: Case,
  what: { readonly kind: EventKind; readonly text: string; readonly person?: string },
): Answered => {
  const { kind, text, person = author.person } = what;
  if (isOwnPair(room.room, author)) bringIn(draft, author, room.room);
  return append(draft, {
    ...{
      room: draft.room(room.room) ?? room,
      id,
      author: { ...author, person },
      kind,
      text,
      target,
    },
    ...{ ...toWhom(author, target), trace },
  });
};

/** A room that a session may speak in now; slow mode is about new messages. */
const roomToReferIn: typeof joinedRoom = (draft, session, name) => {
  const room = roomToSpeakIn(draft, session, name);
  if ('code' in room || isPairRoom(name)) return room;
  return mutedIn(draft, name, session.person) ?? room;
};

/** Says another text in place of one's own. The log keeps both. */
export const edit: Decider<'edit'> = (asked) =>
  about(asked, roomToReferIn, (it) => {
    if (!isBy(it.target, it.author)) return problem('event-not-yours');
    const text = cleanText(asked.command.text);
    return textProblem(text) ?? put(asked, it, { kind: 'edit', text });
  });

/** Whether somebody may take back what another said: a moderator, of people below. */
const moderates = (draft: Draft, { author, room: { room }, target }: Case): boolean => {
  if (isPairRoom(room)) return false;
  const rank = rankIn(draft, room, author.person);
  return lacking(rank, 'delete') === undefined && isBelow(rankIn(draft, room, target.person), rank);
};

/** Takes back what anybody said, as the operator. */
const takeBackAsOperator = (asked: Asked<'delete'>): Answered | Problem => {
  const { draft, id, command, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const room = isPairRoom(name) ? undefined : draft.room(name);
  if (room === undefined) return problem('room-unknown', { room: command.room });
  const repeat = repeatByOperator(asked, name);
  if (repeat !== undefined) return repeat;
  const target = referredBy(draft, operator, name, command.ref);
  if ('code' in target) return target;
  const answer = append(draft, {
    ...{ room, id, author: operator, kind: 'delete', text: '', target, trace },
  });
  draft.erase(target);
  record(draft, operator, {
    deed: 'delete',
    room: name,
    target: target.nick,
    detail: `${target.seq}`,
  });
  return answer;
};

/**
 * Takes back what was said: one's own, or as a moderator another's. That it was said, by whom and
 * when stays in the log; its text doesn't.
 */
export const takeBack: Decider<'delete'> = (asked) => {
  if (asked.by.instance === OPERATOR) return takeBackAsOperator(asked);
  return about(asked, joinedRoom, (it) => {
    const { author, room, target } = it;
    const { draft } = asked;
    const isOwn = isBy(target, author);
    if (!isOwn && !moderates(draft, it)) return problem('event-not-yours');
    const answer = put(asked, it, { kind: 'delete', text: '' });
    draft.erase(target);
    const deed = { room: room.room, target: target.nick, detail: `${target.seq}` };
    if (!isOwn) record(draft, author, { deed: 'delete', ...deed });
    return answer;
  });
};

/**
 * Reacts to what was said, or no longer. Where that is so already nothing is appended, and the
 * receipt is that of the event since which it is so: of what was said when nobody ever reacted.
 */
export const react: Decider<'react'> = (asked) =>
  about(asked, roomToReferIn, (it) => {
    const { author, room, target } = it;
    const { draft, command } = asked;
    const text = cleanText(command.text);
    const wrong = reactionProblem(text);
    if (wrong !== undefined) return wrong;
    const kind = command.remove === true ? 'unreact' : 'react';
    const last = reactionOf(draft, author, target, text);
    if ((last?.kind ?? 'unreact') === kind) {
      const { seq, at } = last ?? target;
      return { type: 'published', room: room.room, seq, at };
    }
    // One person's reaction stays so, when a guest who reacted is an account by now.
    return put(asked, it, { kind, text, ...(last !== undefined && { person: last.person }) });
  });
