import {
  cardProblem,
  cleanText,
  EVERYWHERE,
  isPairRoom,
  isProblem,
  nickProblem,
  problem,
  textProblem,
} from '@partyline/protocol';
import { OPERATOR } from '../draft.ts';
import { append, receiptOfRepeat } from '../log.ts';
import { roomFor } from '../membership.ts';
import { operator, record } from '../moderation/doing.ts';
import { mutedIn, rankIn } from '../moderation/standing.ts';
import { serving } from '../serving.ts';
import { announceAsBot } from './announce-as-bot.ts';
import { actor, type Decider } from './asked.ts';
import { roomToSpeakIn, spelling } from './say.ts';

/** Which of several things the publish `id` gets: the same every time, and spread over all. */
const pick = <T>(things: readonly T[], id: string): T | undefined => {
  const sum = Array.from(id, (letter) => letter.charCodeAt(0)).reduce((a, b) => a + b, 0);
  return things[sum % things.length];
};

/** Hands a slash command to one of the instances that serve it; the answer comes as an announcement. */
export const invoke: Decider<'invoke'> = (asked) => {
  const { draft, id, command, trace } = asked;
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const author = actor(asked);
  if ('code' in author) return author;
  const called = command.name.toLowerCase();
  const known = serving(draft.loaded.instances.values(), called, name, draft.room(name));
  const instance = pick(
    known.filter((it) => draft.attached.has(it.instance)),
    id,
  );
  if (instance === undefined) return problem('command-unserved', { name: command.name });
  const room = roomToSpeakIn(draft, author, name);
  if ('code' in room) return room;
  const muted = mutedIn(draft, name, author.person);
  if (muted !== undefined) return muted;
  const accountNick = draft.accountNick(author.person);
  draft.effects.push({
    type: 'line',
    instance: instance.instance,
    line: {
      ...{ type: 'invocation', id, name: called, args: cleanText(command.args) },
      ...{ room: room.room, session: author.session, nick: author.nick },
      ...(accountNick !== undefined && { accountNick }),
      // A bot need not know.
      ...(instance.bot === null &&
        rankIn(draft, EVERYWHERE, author.person) === 'operator' && { operator: true }),
      ...(trace !== undefined && { trace }),
    },
  });
  return { type: 'done' };
};

/** A service, or the operator, says something in a room without being in it. */
export const announce: Decider<'announce'> = (asked) => {
  const { draft, id, command, by, grant, trace } = asked;
  if (grant !== undefined) return announceAsBot(asked, grant);
  const name = spelling(command.room);
  if (isProblem(name)) return name;
  const person = by.kind;
  const repeat = receiptOfRepeat(draft, name, person, id);
  if (repeat !== undefined) return repeat;

  const isOperator = by.instance === OPERATOR;
  if (isPairRoom(name) && draft.room(name) === undefined)
    return problem('room-unknown', { room: name });
  const text = cleanText(command.text);
  const wrong =
    textProblem(text) ??
    cardProblem(command.card) ??
    (isOperator ? undefined : nickProblem(command.nick));
  if (wrong !== undefined) return wrong;
  const author = { session: by.instance, person, nick: command.nick };
  const room = roomFor(draft, name);
  if (isOperator) record(draft, operator, { deed: 'say', room: name, detail: `${room.seq + 1}` });
  return append(draft, { room, id, author, kind: 'notice', text, card: command.card, trace });
};
