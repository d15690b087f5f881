import {
  cleanText,
  isProblem,
  nickKey,
  nickProblem,
  type Problem,
  problem,
  textProblem,
} from '@partyline/protocol';
import { type Grant, reaches } from '../../people/bot.ts';
import { runs } from '../admission.ts';
import type { Draft } from '../draft.ts';
import { type Answered, append, receiptOfRepeat } from '../log.ts';
import { roomFor } from '../membership.ts';
import { bannedFrom, mutedIn, takeTurn } from '../moderation/standing.ts';
import { nameTaken } from '../naming.ts';
import type { Asked } from './asked.ts';
import { spelling } from './say.ts';

/** The nick that a bot speaks under: its own; a webhook may choose one that nobody has. */
const speakingNick = (draft: Draft, asked: string, { bot, nick, use }: Grant): string | Problem => {
  if (nickKey(asked) === nickKey(nick)) return nick;
  if (use !== 'webhook') return problem('token-scope', { needed: `say as ${asked}` });
  return nickProblem(asked) ?? nameTaken(draft, asked, { person: bot, account: bot }) ?? asked;
};

/** Why a bot may not speak in a room that its token is for: what holds for people holds for it. */
const silenced = (draft: Draft, name: string, { bot, nick }: Grant): Problem | undefined => {
  const it = { session: bot, person: bot, account: bot, nameKey: nickKey(nick), address: null };
  const banned = bannedFrom(draft, name, it);
  if (banned !== undefined) return banned;
  const room = draft.room(name);
  if (room?.speak === 'moderators' && !runs(draft, room, it))
    return problem('room-read-only', { room: name });
  return mutedIn(draft, name, bot) ?? (room && takeTurn(draft, room, bot));
};

/** A bot says something, as far as its token allows. */
export const announceAsBot = (asked: Asked<'announce'>, grant: Grant): Answered | Problem => {
  const { draft, id, command, by, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const row = draft.room(name);
  if (!grant.scopes.includes('say') || !reaches(grant.rooms, name, row))
    return problem('token-scope', { needed: `say in ${name}` });
  if (command.card !== undefined) return problem('token-scope', { needed: 'card' });
  // Only who names a room makes it by speaking there.
  if (row === undefined && !grant.rooms.includes(name))
    return problem('room-unknown', { room: name });
  const repeat = receiptOfRepeat(draft, name, grant.bot, id);
  if (repeat !== undefined) return repeat;

  const nick = speakingNick(draft, command.nick, grant);
  if (isProblem(nick)) return nick;
  const text = cleanText(command.text);
  const wrong = textProblem(text) ?? silenced(draft, name, grant);
  if (wrong !== undefined) return wrong;
  const author = { session: by.instance, person: grant.bot, nick };
  return append(draft, { room: roomFor(draft, name), id, author, kind: 'notice', text, trace });
};
