import { cleanText, nickKey, pairRoom, problem, textProblem } from '@partyline/protocol';
import type { SessionRow } from '../../store/rows.ts';
import type { Draft } from '../draft.ts';
import { append, receiptOfRepeat } from '../log.ts';
import { enter, roomFor } from '../membership.ts';
import { actor, type Decider } from './asked.ts';

/** The sessions that a nick reaches: of whoever holds it, or of the account it is registered to. */
const reached = (draft: Draft, nick: string): readonly SessionRow[] => {
  const key = nickKey(nick);
  const person = draft.holder(key)?.person ?? draft.registered(key)?.account;
  return person === undefined ? [] : draft.sessionsOf(person);
};

/** Brings a session into a pair's log, and tells its instance from where on it is owed events. */
const bringIn = (draft: Draft, session: SessionRow, room: string): void => {
  if (draft.members.of(session.session).has(room)) return;
  const { seq } = roomFor(draft, room);
  enter(draft, session, room);
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'entered', session: session.session, room, since: seq },
  });
};

/** Appends a message to the log that two people share, which both are brought into first. */
export const privately: Decider<'private'> = (asked) => {
  const { draft, id, session, command, trace } = asked;
  const sender = draft.session(session);
  const receivers = reached(draft, command.to);
  const [receiver] = receivers;
  if (sender === undefined) return problem('session-unknown', { session });
  if (receiver === undefined) return problem('nick-unknown', { nick: command.to });
  const name = pairRoom(sender.person, receiver.person);
  const repeat = receiptOfRepeat(draft, name, sender.person, id);
  if (repeat !== undefined) return repeat;

  const author = actor(asked);
  if ('code' in author) return author;
  const text = cleanText(command.text);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  for (const it of [...draft.sessionsOf(author.person), ...receivers]) bringIn(draft, it, name);
  const room = roomFor(draft, name);
  return append(draft, { room, id, author, kind: 'message', text, to: receiver.nick, trace });
};
