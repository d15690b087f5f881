import {
  cardProblem,
  isProblem,
  limits,
  nickOfPlace,
  placeWith,
  problem,
} from '@partyline/protocol';
import { signTicket } from '@partyline/service';
import { isBot } from '../../people/bot.ts';
import { mutedIn } from '../moderation/standing.ts';
import { actor, type Decider } from './asked.ts';
import { receiverOf, whisper } from './private.ts';
import { roomToSpeakIn, speak, spelling } from './say.ts';

/** Hands out a ticket where the session may speak; whether it still may is asked again when the file has come. */
export const upload: Decider<'upload'> = (asked) => {
  const { draft, command } = asked;
  const author = actor(asked);
  if ('code' in author) return author;
  const nick = nickOfPlace(command.room);
  let room = command.room;
  if (nick === undefined) {
    const name = spelling(command.room);
    if (isProblem(name)) return name;
    const found = roomToSpeakIn(draft, author, name);
    if ('code' in found) return found;
    const muted = mutedIn(draft, name, author.person);
    if (muted !== undefined) return muted;
    room = name;
  } else {
    const receiver = receiverOf(draft, nick);
    if (receiver === undefined) return problem('nick-unknown', { nick });
    if (isBot(receiver.person)) return problem('bot-deaf', { nick: receiver.nick });
    room = placeWith(receiver.nick);
  }
  const until = draft.now + limits.uploadTicketMs;
  const { session, nick: own } = author;
  const ticket = signTicket({ session, nick: own, room, until }, draft.rules.ticketKey);
  return { type: 'ticket', room, ticket, until };
};

/** The service that has the file speaks as the session's own instance would: it was shown a ticket. */
export const share: Decider<'share'> = (asked) => {
  const { draft, session, command } = asked;
  const { room, text, card } = command;
  const author = draft.session(session);
  if (author === undefined) return problem('session-unknown', { session });
  const wrong = cardProblem(card);
  if (wrong !== undefined) return wrong;
  const as = { ...asked, by: { ...asked.by, instance: author.instance } };
  const nick = nickOfPlace(room);
  return nick === undefined
    ? speak({ ...as, command: { type: 'say', room, text } }, card)
    : whisper({ ...as, command: { type: 'private', to: nick, text } }, card);
};
