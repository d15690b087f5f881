import {
  cleanText,
  isPairRoom,
  isProblem,
  type Problem,
  problem,
  type Ref,
  reactionProblem,
  textProblem,
} from '@partyline/protocol';
import type { Referred, RoomRow, SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { type Answered, append } from '../log.ts';
import { record } from '../moderation/doing.ts';
import { isBelow, lacking } from '../moderation/rights.ts';
import { mutedIn, rankIn } from '../moderation/standing.ts';
import { isBy, reactionOf, referredBy, toWhom } from '../references.ts';
import { type Asked, actor, type Decider } from './asked.ts';
import { joinedRoom, repeatOf, roomToSpeakIn, spelling } from './say.ts';

/** Who does something about what in which room. */
type Case = { readonly author: SessionRow; readonly room: RoomRow; readonly target: Referred };

/** Decides about what was said in a room where the session may do so; a repeated publish gets its receipt. */
const about = <T extends 'edit' | 'delete' | 'react'>(
  asked: Asked<T>,
  roomOf: typeof joinedRoom,
  decide: (it: Case) => Answered | Problem,
): Answered | Problem => {
  const { draft } = asked;
  const command: { readonly room: string; readonly ref: Ref } = asked.command;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const repeat = repeatOf(asked, name);
  if (repeat !== undefined) return repeat;
  const author = actor(asked);
  if ('code' in author) return author;
  const room = roomOf(draft, author, name);
  if ('code' in room) return room;
  const target = referredBy(draft, author, name, command.ref);
  return 'code' in target ? target : decide({ author, room, target });
};

/** A room that a session may speak in now; slow mode is about new messages. */
const roomToReferIn: typeof joinedRoom = (draft, session, name) => {
  const room = roomToSpeakIn(draft, session, name);
  return 'code' in room ? room : (mutedIn(draft, name, session.person) ?? room);
};

/** Says another text in place of one's own. The log keeps both. */
export const edit: Decider<'edit'> = (asked) =>
  about(asked, roomToReferIn, ({ author, room, target }) => {
    const { draft, id, command, trace } = asked;
    if (!isBy(target, author)) return problem('event-not-yours');
    const text = cleanText(command.text);
    const wrong = textProblem(text);
    if (wrong !== undefined) return wrong;
    const to = toWhom(author, target);
    return append(draft, { room, id, author, kind: 'edit', text, target, ...to, trace });
  });

/** Whether somebody may take back what another said: a moderator, of people below. */
const moderates = (draft: Draft, { author, room: { room }, target }: Case): boolean => {
  if (isPairRoom(room)) return false;
  const rank = rankIn(draft, room, author.person);
  return lacking(rank, 'delete') === undefined && isBelow(rankIn(draft, room, target.person), rank);
};

/**
 * Takes back what was said: one's own, or as a moderator another's. That it was said, by whom and
 * when stays in the log; its text doesn't.
 */
export const takeBack: Decider<'delete'> = (asked) =>
  about(asked, joinedRoom, (it) => {
    const { author, room, target } = it;
    const { draft, id, trace } = asked;
    const isOwn = isBy(target, author);
    if (!isOwn && !moderates(draft, it)) return problem('event-not-yours');
    const to = toWhom(author, target);
    const entry = { room, id, author, kind: 'delete', text: '', target, ...to, trace } as const;
    const answer = append(draft, entry);
    draft.erase(target);
    const deed = { room: room.room, target: target.nick, detail: `${target.seq}` };
    if (!isOwn) record(draft, author, { deed: 'delete', ...deed });
    return answer;
  });

/**
 * Reacts to what was said, or no longer. Where that is so already nothing is appended, and the
 * receipt is that of the event since which it is so: of what was said when nobody ever reacted.
 */
export const react: Decider<'react'> = (asked) =>
  about(asked, roomToReferIn, ({ author, room, target }) => {
    const { draft, id, command, trace } = asked;
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
    const by = { ...author, person: last?.person ?? author.person };
    const to = toWhom(author, target);
    return append(draft, { room, id, author: by, kind, text, target, ...to, trace });
  });
