import type { End } from './dial.ts';
import {
  afterHistory,
  afterLogin,
  afterResume,
  doubtfulRooms,
  due,
  inState,
  type Outgoing,
  publication,
} from './outgoing.ts';
import {
  type ClientFrame,
  type CloseFrame,
  type EnteredFrame,
  isEvent,
  isPairRoom,
  type RefusedFrame,
  type ServerFrame,
} from './wire.ts';

/** Why there is no line, in the server's words when it said some. */
export type Reason = { readonly code: string; readonly message: string };

export type Phase =
  /** Nobody has entered, or the server didn't let them. */
  | { readonly is: 'out'; readonly reason?: Reason }
  | { readonly is: 'connecting'; readonly attempt: number }
  /** Connected, and asked to be let in. */
  | { readonly is: 'entering'; readonly attempt: number; readonly by: 'login' | 'resume' }
  /** `asked`: a ping is out and nothing was heard since. */
  | {
      readonly is: 'in';
      readonly attempt: number;
      readonly asked: boolean;
      readonly farewell?: CloseFrame;
    }
  /** The line broke, `why` in the transport's words; the next attempt is `attempt`. */
  | { readonly is: 'waiting'; readonly attempt: number; readonly why?: string }
  /** The server ended the session for good. */
  | { readonly is: 'over'; readonly reason: Reason };

/** What resumes a session. */
export type Ticket = {
  readonly token: string;
  readonly session: string;
  /** Of the log; cursors hold only within it. */
  readonly epoch: string;
};

/** All that has to outlive the page: the connection is made anew from it. */
export type Held = {
  readonly nick: string;
  readonly ticket: Ticket | undefined;
  /** The last event seen of each room. */
  readonly cursors: Readonly<Record<string, number>>;
  /** In the order they were written. */
  readonly outgoing: readonly Outgoing[];
};

export type LineState = Held & {
  readonly phase: Phase;
  /** What the nick is logged in to with. Kept for as long as the client lives, and nowhere else. */
  readonly password: string | undefined;
  /** Whether the browser believes that there is a network. */
  readonly network: boolean;
};

export type Input =
  | { readonly type: 'enter'; readonly nick: string; readonly password?: string }
  | { readonly type: 'leave' }
  | { readonly type: 'opened' }
  | ({ readonly type: 'closed' } & End)
  /** No connection can be made, however often it is tried. */
  | { readonly type: 'failed'; readonly reason: Reason }
  | { readonly type: 'heard'; readonly frame: ServerFrame }
  | { readonly type: 'alarm' }
  | { readonly type: 'network'; readonly up: boolean }
  /** Somebody looks at the page: find out now how the line is. */
  | { readonly type: 'nudge' }
  | { readonly type: 'send'; readonly message: Omit<Outgoing, 'state'> }
  | { readonly type: 'discard'; readonly id: string }
  /** A request that is only worth while while the line is up. */
  | { readonly type: 'ask'; readonly frame: ClientFrame };

export type Effect =
  | { readonly do: 'connect' }
  | { readonly do: 'disconnect' }
  | { readonly do: 'write'; readonly frame: ClientFrame }
  /** Sets the one alarm, in place of the last. `backoff`: as long as that attempt is to be put off. */
  | { readonly do: 'alarm'; readonly ms: number }
  | { readonly do: 'alarm'; readonly backoff: number }
  | { readonly do: 'quiet' }
  /** Tells the conversations; each event comes once and in order. */
  | { readonly do: 'deliver'; readonly frame: ServerFrame };

export type Step = readonly [LineState, readonly Effect[]];

/** How long connecting, and being let in, may each take. */
const ENTER_MS = 10_000;
/** A ping goes out this often; browsers tell nobody of a connection that died silently. */
const PING_MS = 25_000;
/** How long the answer to a ping asked for by a nudge may take. */
const NUDGE_MS = 5_000;
/** How much of a room's log is searched for messages of the last session. */
const SEARCH_EVENTS = 200;

/** Close codes after which coming back by itself would be wrong. */
const finalCodes: Readonly<Record<number, string>> = {
  1000: 'goodbye',
  4001: 'kicked',
  4002: 'resumed-elsewhere',
};

/** What ended the session for good, if anything. Transports without close codes are told by a frame. */
const finalOf = ({ code }: End, farewell: CloseFrame | undefined): string | undefined => {
  if (code !== undefined) return finalCodes[code];
  return Object.values(finalCodes).find((it) => it === farewell?.code);
};

export const newLine = (held?: Held): LineState => ({
  nick: '',
  ticket: undefined,
  cursors: {},
  outgoing: [],
  ...held,
  phase: { is: 'out' },
  password: undefined,
  network: true,
});

const stay = (state: LineState): Step => [state, []];
const write = (frame: ClientFrame): Effect => ({ do: 'write', frame });
const deliver = (frame: ServerFrame): Effect => ({ do: 'deliver', frame });

const connect = (state: LineState, attempt: number): Step => [
  { ...state, phase: { is: 'connecting', attempt } },
  [{ do: 'connect' }, { do: 'alarm', ms: ENTER_MS }],
];

const retry = (state: LineState, attempt: number, why = ''): Step => [
  { ...state, phase: { is: 'waiting', attempt: attempt + 1, ...(why !== '' && { why }) } },
  [{ do: 'disconnect' }, { do: 'alarm', backoff: attempt }],
];

const stop = (state: LineState, phase: Phase): Step => [
  { ...state, phase },
  [{ do: 'disconnect' }, { do: 'quiet' }],
];

/** Writes all that may go out. */
const flush = ([state, effects]: Step): Step => {
  if (state.phase.is !== 'in') return [state, effects];
  const going = new Set(due(state.outgoing));
  if (going.size === 0) return [state, effects];
  const outgoing = state.outgoing.map((message) =>
    going.has(message) ? inState(message, { is: 'sent' }) : message,
  );
  return [
    { ...state, outgoing },
    [...effects, ...[...going].map((message) => write(publication(message)))],
  ];
};

const askIn = (state: LineState, attempt: number, by: 'login' | 'resume'): Step => {
  const { nick, password, ticket, cursors } = state;
  const frame: ClientFrame =
    by === 'resume' && ticket
      ? { type: 'resume', token: ticket.token, cursors, epoch: ticket.epoch }
      : { type: 'login', nickname: nick, ...(password !== undefined && { password }) };
  return [
    { ...state, phase: { is: 'entering', attempt, by } },
    [write(frame), { do: 'alarm', ms: ENTER_MS }],
  ];
};

const ping = (state: LineState, ms: number): Step => {
  if (state.phase.is !== 'in') return stay(state);
  return [
    { ...state, phase: { ...state.phase, asked: true } },
    [write({ type: 'ping' }), { do: 'alarm', ms }],
  ];
};

const entered = (state: LineState, frame: EnteredFrame, attempt: number): Step => {
  const goesOn = frame.resumed && frame.epoch === state.ticket?.epoch;
  const known = frame.rooms.map(({ room, since }): [string, number] => [
    room,
    (goesOn ? state.cursors[room] : undefined) ?? since,
  ]);
  const pairs = Object.entries(state.cursors).filter(([room]) => goesOn && isPairRoom(room));
  const next: LineState = {
    ...state,
    nick: frame.nickname,
    ticket: { token: frame.resume, session: frame.session, epoch: frame.epoch },
    cursors: Object.fromEntries([...pairs, ...known]),
    outgoing: frame.resumed ? afterResume(state.outgoing) : afterLogin(state.outgoing),
    phase: { is: 'in', attempt, asked: false },
  };
  const lost = frame.resumed
    ? []
    : Object.keys(state.cursors).filter((room) => !isPairRoom(room) && !(room in next.cursors));
  return flush([
    next,
    [
      { do: 'alarm', ms: PING_MS },
      deliver(frame),
      ...lost.map((room) => write({ type: 'join', room })),
      ...[...doubtfulRooms(next.outgoing)].map((room) =>
        write({ type: 'history', room, limit: SEARCH_EVENTS }),
      ),
    ],
  ]);
};

const notLetIn = (
  state: LineState,
  frame: RefusedFrame,
  { attempt, by }: { attempt: number; by: 'login' | 'resume' },
): Step => {
  if (frame.code === 'unavailable' || frame.code === 'flood') return retry(state, attempt);
  if (by === 'resume') return askIn({ ...state, ticket: undefined }, attempt, 'login');
  return stop(state, { is: 'out', reason: { code: frame.code, message: frame.message } });
};

const withoutId = (outgoing: readonly Outgoing[], id: string): readonly Outgoing[] =>
  outgoing.some((message) => message.id === id)
    ? outgoing.filter((message) => message.id !== id)
    : outgoing;

const without = (cursors: Held['cursors'], room: string): Held['cursors'] => {
  const { [room]: _, ...rest } = cursors;
  return rest;
};

/** What a frame means for the line, once it is up. */
const take = (state: LineState, frame: ServerFrame): Step => {
  if (isEvent(frame)) {
    const { room, seq, id } = frame;
    if (seq <= (state.cursors[room] ?? 0)) return stay(state);
    const cursors = { ...state.cursors, [room]: seq };
    return [{ ...state, cursors, outgoing: withoutId(state.outgoing, id) }, [deliver(frame)]];
  }
  switch (frame.type) {
    case 'ack': {
      const { id, room, seq } = frame;
      if (seq <= (state.cursors[room] ?? 0))
        return [{ ...state, outgoing: withoutId(state.outgoing, id) }, [deliver(frame)]];
      const outgoing = state.outgoing.map((message) =>
        message.id === id ? inState(message, { is: 'stored', room, seq }) : message,
      );
      return [{ ...state, outgoing }, [deliver(frame)]];
    }
    case 'error': {
      const { id, code, message: text } = frame;
      const refused = state.outgoing.some((message) => message.id === id);
      if (!refused) return [state, [deliver(frame)]];
      const outgoing = state.outgoing.map((message) =>
        message.id === id ? inState(message, { is: 'refused', code, message: text }) : message,
      );
      return stay({ ...state, outgoing });
    }
    case 'history': {
      // Only the newest page tells what the log does not have.
      if ((frame.events.at(-1)?.seq ?? 0) < frame.head) return [state, [deliver(frame)]];
      const ids = new Set(frame.events.map((event) => event.id));
      const outgoing = afterHistory(state.outgoing, frame.room, ids);
      return flush([{ ...state, outgoing }, [deliver(frame)]]);
    }
    case 'join': {
      const { room, since } = frame;
      const cursors = { ...state.cursors, [room]: state.cursors[room] ?? since };
      return [{ ...state, cursors }, [deliver(frame)]];
    }
    case 'part':
      return [{ ...state, cursors: without(state.cursors, frame.room) }, [deliver(frame)]];
    case 'gap': {
      const { room, next, epoch } = frame;
      const cursors = { ...state.cursors, [room]: next - 1 };
      const ticket = state.ticket && { ...state.ticket, epoch };
      return [{ ...state, cursors, ticket }, [deliver(frame)]];
    }
    case 'rename':
    case 'identified':
    case 'registered':
      return [{ ...state, nick: frame.nickname }, [deliver(frame)]];
    case 'close':
      if (state.phase.is !== 'in') return stay(state);
      return stay({ ...state, phase: { ...state.phase, farewell: frame } });
    case 'pong':
      return stay(state);
    default:
      return [state, [deliver(frame)]];
  }
};

const heard = (state: LineState, frame: ServerFrame): Step => {
  const { phase } = state;
  switch (phase.is) {
    case 'entering':
      if (frame.type !== 'login') return stay(state);
      return frame.success ? entered(state, frame, phase.attempt) : notLetIn(state, frame, phase);
    case 'in':
      return take(phase.asked ? { ...state, phase: { ...phase, asked: false } } : state, frame);
    default:
      return stay(state);
  }
};

const closed = (state: LineState, end: End): Step => {
  const { phase } = state;
  switch (phase.is) {
    case 'connecting':
    case 'entering':
      return retry(state, phase.attempt, end.reason);
    case 'in': {
      const final = finalOf(end, phase.farewell);
      if (final !== undefined) {
        const message = phase.farewell?.message ?? end.reason;
        const ticket = final === 'resumed-elsewhere' ? state.ticket : undefined;
        return stop({ ...state, ticket }, { is: 'over', reason: { code: final, message } });
      }
      return retry(state, phase.attempt, end.reason);
    }
    default:
      return stay(state);
  }
};

const alarm = (state: LineState): Step => {
  const { phase } = state;
  switch (phase.is) {
    case 'waiting':
      return connect(state, phase.attempt);
    case 'connecting':
    case 'entering':
      return retry(state, phase.attempt);
    case 'in':
      if (phase.asked) return retry(state, 0);
      return ping({ ...state, phase: { ...phase, attempt: 0 } }, PING_MS);
    default:
      return stay(state);
  }
};

const nudge = (state: LineState): Step => {
  if (state.phase.is === 'waiting') return connect(state, state.phase.attempt);
  return state.phase.is === 'in' && !state.phase.asked ? ping(state, NUDGE_MS) : stay(state);
};

/**
 * The line to the server as a state machine: pure, without sockets, clocks or storage. What is said
 * is kept until its event is seen or it is refused; what is heard is delivered once, in order.
 */
export const step = (state: LineState, input: Input): Step => {
  switch (input.type) {
    case 'enter':
      return connect({ ...state, nick: input.nick, password: input.password }, 0);
    case 'leave': {
      const [next, effects] = stop({ ...newLine(), nick: state.nick }, { is: 'out' });
      const goodbye = state.phase.is === 'in' ? [write({ type: 'quit' })] : [];
      return [{ ...next, network: state.network }, [...goodbye, ...effects]];
    }
    case 'opened':
      if (state.phase.is !== 'connecting') return stay(state);
      return askIn(state, state.phase.attempt, state.ticket ? 'resume' : 'login');
    case 'closed':
      return closed(state, input);
    case 'failed':
      return stop(state, { is: 'out', reason: input.reason });
    case 'heard':
      return heard(state, input.frame);
    case 'alarm':
      return alarm(state);
    case 'network': {
      const next = { ...state, network: input.up };
      return nudge(next);
    }
    case 'nudge':
      return nudge(state);
    case 'send': {
      const message: Outgoing = { ...input.message, state: { is: 'kept' } };
      return flush(stay({ ...state, outgoing: [...state.outgoing, message] }));
    }
    case 'discard':
      return stay({ ...state, outgoing: withoutId(state.outgoing, input.id) });
    case 'ask':
      return state.phase.is === 'in' ? [state, [write(input.frame)]] : stay(state);
  }
};
