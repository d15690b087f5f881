import type { Locale, Problem } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import { closeReasons } from '../close-reason.ts';
import type { You } from '../dialect.ts';
import { quoted } from '../json/read.ts';
import { answerObject } from '../json/show.ts';
import type { Request } from '../request.ts';
import {
  ackFrame,
  connectErrorFrame,
  connectFrame,
  disconnectFrame,
  eventFrame,
} from './packet.ts';
import { offsetText, type Place, pidOf } from './place.ts';

type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

type Members = Readonly<Record<string, unknown>>;

/** An answer's type and members, as the json dialect has them. */
const jsonOf = (answer: Answer, locale: Locale): { type: string; members: Members } | undefined => {
  const object = answerObject(answer, locale);
  if (object === undefined) return undefined;
  const { type, ...members } = object as Members;
  return { type: String(type), members };
};

/** A problem's members: its code, what it says, and what it is about. */
export const problemMembers = (it: Problem, locale: Locale): Members =>
  jsonOf({ type: 'refused', problem: it }, locale)?.members ?? {};

/** A problem as an event. `event` is what was emitted, when that is known. */
export const problemFrame = (it: Problem, locale: Locale, event?: string): string =>
  eventFrame('problem', {
    ...problemMembers(it, locale),
    ...(event !== undefined && { event: quoted(event) }),
  });

/** An answer as an event. */
export const answerFrames = (answer: Answer, locale: Locale): readonly string[] => {
  if (answer.type === 'refused') return [problemFrame(answer.problem, locale)];
  const told = jsonOf(answer, locale);
  return told === undefined ? [] : [eventFrame(told.type, told.members)];
};

/** What an acknowledgement is called with. */
export const ackFrames = (
  ack: number,
  outcome: { readonly answer?: Answer | undefined; readonly problem?: Problem | undefined },
  locale: Locale,
): readonly string[] => {
  const { answer, problem } = outcome;
  if (problem !== undefined)
    return [ackFrame(ack, { ok: false, ...problemMembers(problem, locale) })];
  const members = answer === undefined ? {} : jsonOf(answer, locale)?.members;
  return [ackFrame(ack, { ok: true, ...members })];
};

/** From where on a client that came in is shown its rooms. */
const placeOf = ({ rooms, epoch }: AnswerOf<'opened'>, asked: Request | undefined): Place => {
  const known = asked !== undefined && 'cursors' in asked ? asked : undefined;
  // What was known of another log says nothing of this one, which is shown from its end on.
  if (known?.epoch !== undefined && known.epoch !== epoch)
    return { cursors: Object.fromEntries(rooms.map(({ room, seq }) => [room, seq])) };
  const at = known?.type === 'resume' ? known.at : undefined;
  const entered = at === undefined ? rooms.map(({ room, since }) => [room, since] as const) : [];
  const cursors = { ...Object.fromEntries(entered), ...known?.cursors };
  return { cursors, ...(at !== undefined && { at }) };
};

/** That a client is in: what it comes back with, and all that it may want to know at first. */
export const openedFrames = (
  answer: AnswerOf<'opened'>,
  asked: Request | undefined,
  locale: Locale,
): readonly string[] => {
  const { success: _, sumUsers, ...members } = jsonOf(answer, locale)?.members ?? {};
  const numUsers = answer.rooms[0]?.members ?? answer.online;
  const pid = pidOf(answer.token, answer.epoch);
  return [
    connectFrame(answer.session, pid),
    eventFrame(
      'welcome',
      { numUsers, online: sumUsers, ...members },
      offsetText(placeOf(answer, asked)),
    ),
  ];
};

/** That a client may not come in. */
export const notLetInFrame = (it: Problem, locale: Locale): string => {
  const { message, ...data } = problemMembers(it, locale);
  return connectErrorFrame(String(message), data);
};

/** Why the connection ends; a client that can't go on is told not to come back by itself. */
export const closingFrames = (
  answer: AnswerOf<'closing'>,
  isIn: boolean,
  locale: Locale,
): readonly string[] => {
  const staysOut = isIn && !closeReasons[answer.reason].resume;
  return [...answerFrames(answer, locale), ...(staysOut ? [disconnectFrame()] : [])];
};

/** What the demo waits for once a user is added. */
export const loginFrame = (answer: Answer | undefined, you: You | undefined): string => {
  const numUsers = answer?.type === 'members' ? answer.count : 1;
  return eventFrame('login', { numUsers, ...(you !== undefined && { nickname: you.nick }) });
};
