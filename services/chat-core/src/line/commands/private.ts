import { type Card, cleanText, nickKey, pairRoom, problem, textProblem } from '@partyline/protocol';
import { isBot } from '../../people/bot.ts';
import type { SessionRow } from '../../store/rows.ts';
import { tellAbsence } from '../absence.ts';
import type { Draft } from '../draft.ts';
import { append, receiptOfRepeat } from '../log.ts';
import { enter, roomFor } from '../membership.ts';
import { replyTo } from '../references.ts';
import { beginPair } from '../waiting.ts';
import { type Asked, actor, type Decider } from './asked.ts';

/** Whom a nick reaches: whoever holds it, or the account it is registered to, there or not. */
export type Receiver = {
  readonly person: string;
  readonly account: string | null;
  readonly nick: string;
  readonly sessions: readonly SessionRow[];
};

export const receiverOf = (draft: Draft, asked: string): Receiver | undefined => {
  const key = nickKey(asked);
  const owner = draft.registered(key);
  const person = draft.holder(key)?.person ?? owner?.account;
  if (person === undefined) return undefined;
  const sessions = draft.sessionsOf(person);
  const [session] = sessions;
  if (session !== undefined)
    return { person, account: session.account, nick: session.nick, sessions };
  return owner && { person, account: owner.account, nick: owner.nick, sessions };
};

/** Brings a session into a pair's log, and tells its instance from where on it is owed events. */
export const bringIn = (draft: Draft, session: SessionRow, room: string): void => {
  if (draft.members.of(session.session).has(room)) return;
  const { seq } = roomFor(draft, room);
  enter(draft, session, room);
  draft.effects.push({
    type: 'line',
    instance: session.instance,
    line: { type: 'entered', session: session.session, room, since: seq },
  });
};

/**
 * Appends a message to the log that two people share, which both are brought into first. An account
 * that is not there is brought in when it comes.
 */
export const privately: Decider<'private'> = (asked) => whisper(asked);

/** The same, with a card that a service made for it. */
export const whisper = (asked: Asked<'private'>, card?: Card): ReturnType<Decider<'private'>> => {
  const { draft, id, session, command, trace } = asked;
  const sender = draft.session(session);
  const receiver = receiverOf(draft, command.to);
  if (sender === undefined) return problem('session-unknown', { session });
  if (receiver === undefined) return problem('nick-unknown', { nick: command.to });
  if (isBot(receiver.person)) return problem('bot-deaf', { nick: receiver.nick });
  const name = pairRoom(sender.person, receiver.person);
  const asGuest = pairRoom(sender.session, receiver.person);
  const repeat =
    receiptOfRepeat(draft, name, sender.person, id) ??
    receiptOfRepeat(draft, asGuest, sender.session, id);
  if (repeat !== undefined) return repeat;

  const author = actor(asked);
  if ('code' in author) return author;
  const text = cleanText(command.text);
  const wrong = textProblem(text);
  if (wrong !== undefined) return wrong;
  const target = replyTo(draft, author, name, command.ref);
  if ('code' in target) return target;
  if (draft.room(name) === undefined) beginPair(draft, name, [author.account, receiver.account]);
  for (const it of [...draft.sessionsOf(author.person), ...receiver.sessions])
    bringIn(draft, it, name);
  const room = roomFor(draft, name);
  const receipt = append(draft, {
    ...{ room, id, author, kind: command.kind ?? 'message', text, card, to: receiver.nick },
    ...{ ...target, trace },
  });
  tellAbsence(draft, author, receiver);
  return receipt;
};
