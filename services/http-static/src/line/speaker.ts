import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@partyline/bus';
import { newToken, type RandomBytes, sessionOf } from '@partyline/gateway';
import {
  type Command,
  cleanText,
  type Envelope,
  isProblem,
  limits,
  nickProblem,
  type Outcome,
  type Problem,
  problem,
  textProblem,
} from '@partyline/protocol';
import type { Guests } from '../visitors/guests.ts';
import type { Visitor } from '../visitors/visitor.ts';

/** What somebody says who only passes through a room. */
export type Saying = {
  /** As `roomName` spells it. */
  readonly room: string;
  readonly text: string;
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

export type Speaker = (visitor: Visitor, saying: Saying) => Promise<Said | Problem>;

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
/** How long somebody waits for a line that is away. What was said is still said when it is back. */
const ANSWER_MS = 20_000;

const idProblem = (id: string | undefined): Problem | undefined =>
  id === undefined || (id !== '' && [...id].length <= limits.idCodePoints)
    ? undefined
    : problem('id-bad', { limit: limits.idCodePoints });

/** Resolves to `unavailable` when an answer takes too long. */
const inTime = async <T>(answer: Promise<T>): Promise<T | Problem> => {
  const over = new AbortController();
  const late = sleep(ANSWER_MS, problem('unavailable'), { signal: over.signal, ref: false });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => undefined);
    over.abort();
  }
};

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
    { room, text, id }: Saying,
    before: readonly Command[],
  ): Promise<Outcome[]> =>
    Promise.all([
      ...before.map((command) => publish(session, command)),
      publish(session, { type: 'say', room, text }, id),
      publish(session, { type: 'close' }),
    ]);

  const asGuest = async (
    address: string,
    nick: string,
    saying: Saying,
  ): Promise<Said | Problem> => {
    const token = guests.tokenOf(address, nick);
    const session = sessionOf(token);
    const open = { type: 'open', nick, token, wire: WIRE, address, rooms: [saying.room] } as const;
    const [opened, said] = await pass(session, saying, [open]);
    if (said?.type === 'published') return { room: said.room, seq: said.seq, at: said.at, nick };
    const refused = [opened, said].find((it) => it?.type === 'refused');
    // The same guest is just passing through another instance.
    return refused === undefined || refused.problem.code === 'session-unknown'
      ? problem('unavailable')
      : refused.problem;
  };

  const asSomebody = async (address: string, saying: Saying): Promise<Said | Problem> => {
    for (let attempt = 0; ; attempt += 1) {
      const it = await asGuest(address, guests.nameOf(address, 'speaks', attempt), saying);
      if (!isProblem(it) || it.code !== 'nick-taken' || attempt === NAMES - 1) return it;
    }
  };

  const asAccount = async (
    { address, nick = '', password = '' }: Visitor,
    saying: Saying,
  ): Promise<Said | Problem> => {
    const token = newToken(random);
    const opened = await line.login({
      ...{ token, nick, password, wire: WIRE, address },
      ...{ rooms: [saying.room], quiet: true },
    });
    if (isProblem(opened)) {
      // Not heard whether the line opened it: if so, it is nobody's.
      if (opened.code === 'unavailable')
        publish(sessionOf(token), { type: 'close' }).catch(() => undefined);
      return opened;
    }
    const [said] = await pass(opened.session, saying, []);
    if (said?.type === 'published')
      return { room: said.room, seq: said.seq, at: said.at, nick: opened.nick };
    return said?.type === 'refused' ? said.problem : problem('unavailable');
  };

  return async (visitor, { text: given, ...place }) => {
    const text = cleanText(given).replace(/\n$/, '');
    const { address, nick, password } = visitor;
    const wrong =
      textProblem(text) ??
      idProblem(place.id) ??
      (nick === undefined ? undefined : nickProblem(nick));
    if (wrong !== undefined) return wrong;
    if (line.congested) return problem('unavailable');
    const saying = { ...place, text };
    if (password !== undefined) return inTime(asAccount(visitor, saying));
    return inTime(
      nick === undefined ? asSomebody(address, saying) : asGuest(address, nick, saying),
    );
  };
};
