import { randomUUID } from 'node:crypto';
import type { Bus } from '@partyline/bus';
import type { Guests } from '@partyline/gateway';
import { newToken, type RandomBytes, sessionOf } from '@partyline/gateway';
import {
  type Card,
  type Command,
  cleanText,
  type Envelope,
  idProblem,
  isProblem,
  nickProblem,
  type Outcome,
  type Problem,
  problem,
  textProblem,
} from '@partyline/protocol';
import type { Visitor } from '../visitors/visitor.ts';
import { inTime } from './in-time.ts';

/** What somebody says who only passes through a room. */
export type Saying = {
  /** As `roomName` spells it. */
  readonly room: string;
  readonly text: string;
  /** Of a file. */
  readonly card?: Card;
  /** The same id from the same visitor again is the same message. */
  readonly id?: string;
};

/** Where what was said stands in the log, and by what name. */
export type Said = {
  readonly room: string;
  readonly seq: number;
  readonly at: number;
  readonly nick: string;
};

export interface Speaker {
  say(visitor: Visitor, saying: Saying): Promise<Said | Problem>;
  /** The nick by which a visitor would be let into a room; why it isn't, if it isn't. */
  knock(visitor: Visitor, room: string): Promise<string | Problem>;
}

export type SpeakerOptions = {
  readonly line: Pick<Bus, 'publish' | 'login' | 'congested'>;
  readonly guests: Guests;
  readonly random: RandomBytes;
  readonly newTrace: () => string;
};

/** How clients of HTTP are told apart from others. */
export const WIRE = 'text+http';

/** Names that are made up for a guest before it is told that its name is taken. */
const NAMES = 3;

/**
 * Says things for visitors who come by for one message. They come in, speak and go in one publish,
 * which chat-core decides at once: nobody sees them come and go, and bans, mutes, read-only rooms
 * and slow mode hold for them as for everybody.
 */
export const createSpeaker = ({ line, guests, random, newTrace }: SpeakerOptions): Speaker => {
  const publish = (session: string, command: Command, id: string = randomUUID()) =>
    line.publish({ id, session, command, trace: newTrace() } satisfies Envelope);

  /** The publishes are queued in one go, so that they are of one batch. */
  const pass = (
    session: string,
    before: readonly Command[],
    saying: Saying | undefined,
  ): Promise<Outcome[]> =>
    Promise.all([
      ...before.map((command) => publish(session, command)),
      ...(saying === undefined ? [] : [publish(session, sayingOf(saying), saying.id)]),
      publish(session, { type: 'close' }),
    ]);

  type Passed = { readonly nick: string; readonly said: Outcome | undefined };

  const asGuest = async (
    address: string,
    nick: string,
    room: string,
    saying: Saying | undefined,
  ): Promise<Passed | Problem> => {
    const token = guests.tokenOf(address, nick);
    const open = { type: 'open', nick, token, wire: WIRE, address, rooms: [room] } as const;
    const [opened, said] = await pass(sessionOf(token), [open], saying);
    // A repeat is answered as it was, though its sender be away, renamed or banned by now.
    if (said?.type === 'published' || opened?.type === 'opened') return { nick, said };
    // The same guest is just passing through another instance.
    return opened?.type !== 'refused' || opened.problem.code === 'session-unknown'
      ? problem('unavailable')
      : opened.problem;
  };

  const asSomebody = async (
    address: string,
    room: string,
    saying: Saying | undefined,
  ): Promise<Passed | Problem> => {
    for (let attempt = 0; ; attempt += 1) {
      const nick = guests.nameOf(address, 'speaks', attempt);
      const it = await asGuest(address, nick, room, saying);
      if (!isProblem(it) || it.code !== 'nick-taken' || attempt === NAMES - 1) return it;
    }
  };

  const asAccount = async (
    { address, nick = '', password = '' }: Visitor,
    room: string,
    saying: Saying | undefined,
  ): Promise<Passed | Problem> => {
    const token = newToken(random);
    const who = { token, nick, password, wire: WIRE, address };
    const opened = await line.login({ ...who, rooms: [room], quiet: true });
    if (isProblem(opened)) {
      // Not heard whether the line opened it: if so, it is nobody's.
      if (opened.code === 'unavailable')
        publish(sessionOf(token), { type: 'close' }).catch(() => undefined);
      return opened;
    }
    const [said] = await pass(opened.session, [], saying);
    return { nick: opened.nick, said };
  };

  const enter = async (
    visitor: Visitor,
    room: string,
    saying: Saying | undefined,
  ): Promise<Passed | Problem> => {
    const { address, nick, password } = visitor;
    const wrong = nick === undefined ? undefined : nickProblem(nick);
    if (wrong !== undefined) return wrong;
    if (line.congested) return problem('unavailable');
    if (password !== undefined) return inTime(asAccount(visitor, room, saying));
    return inTime(
      nick === undefined ? asSomebody(address, room, saying) : asGuest(address, nick, room, saying),
    );
  };

  return {
    say: async (visitor, { text: given, ...place }) => {
      const text = cleanText(given).replace(/\n$/, '');
      const wrong = textProblem(text) ?? idProblem(place.id);
      if (wrong !== undefined) return wrong;
      const passed = await enter(visitor, place.room, { ...place, text });
      if (isProblem(passed)) return passed;
      const { nick, said } = passed;
      if (said?.type === 'published') return { room: said.room, seq: said.seq, at: said.at, nick };
      return said?.type === 'refused' ? said.problem : problem('unavailable');
    },
    knock: async (visitor, room) => {
      const passed = await enter(visitor, room, undefined);
      return isProblem(passed) ? passed : passed.nick;
    },
  };
};

const sayingOf = ({ room, text, card }: Saying): Command =>
  card === undefined ? { type: 'say', room, text } : { type: 'share', room, text, card };
