import type { LineState, Step } from './line-state.ts';
import { afterLogin, afterResume, doubtfulRooms } from './outgoing.ts';
import { deliver, ENTER_MS, flush, PING_MS, retry, stop, write } from './steps.ts';
import { type ClientFrame, type EnteredFrame, isPairRoom, type RefusedFrame } from './wire.ts';

/** How much of a room's log is searched for messages of the last session. */
const SEARCH_EVENTS = 200;

/** Asks to be let in, or to go on. */
export const askIn = (state: LineState, attempt: number, by: 'login' | 'resume'): Step => {
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

/** The server let one in. */
export const entered = (state: LineState, frame: EnteredFrame, attempt: number): Step => {
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

/** The server didn't. */
export const notLetIn = (
  state: LineState,
  frame: RefusedFrame,
  { attempt, by }: { attempt: number; by: 'login' | 'resume' },
): Step => {
  if (frame.code === 'unavailable' || frame.code === 'flood') return retry(state, attempt);
  if (by === 'resume') return askIn({ ...state, ticket: undefined }, attempt, 'login');
  return stop(state, { is: 'out', reason: { code: frame.code, message: frame.message } });
};
