import type { End } from './dial.ts';
import { askIn, entered, notLetIn } from './entering.ts';
import { type Input, type LineState, newLine, type Step } from './line-state.ts';
import { inState, isTooLong, type Outgoing, tooLong } from './outgoing.ts';
import { connect, flush, PING_MS, retry, stay, stop, write } from './steps.ts';
import { take, withoutId } from './taking.ts';
import type { CloseFrame, ServerFrame } from './wire.ts';

/** How long the answer to a ping asked for by a nudge may take. */
const NUDGE_MS = 5_000;

/** Close codes after which coming back by itself would be wrong. */
const finalCodes: Readonly<Record<number, string>> = {
  1000: 'goodbye',
  4001: 'kicked',
  4002: 'resumed-elsewhere',
  4007: 'password-changed',
};

/** What ended the session for good, if anything. Transports without close codes are told by a frame. */
const finalOf = ({ code }: End, farewell: CloseFrame | undefined): string | undefined => {
  if (code !== undefined) return finalCodes[code];
  return Object.values(finalCodes).find((it) => it === farewell?.code);
};

const ping = (state: LineState, ms: number): Step => {
  if (state.phase.is !== 'in') return stay(state);
  return [
    { ...state, phase: { ...state.phase, asked: true } },
    [write({ type: 'ping' }), { do: 'alarm', ms }],
  ];
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
      const isTold = state.phase.is === 'in' && input.silently !== true;
      const goodbye = isTold ? [write({ type: 'quit' })] : [];
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
      const kept: Outgoing = { ...input.message, state: { is: 'kept' } };
      const message = isTooLong(kept) ? inState(kept, tooLong) : kept;
      return flush(stay({ ...state, outgoing: [...state.outgoing, message] }));
    }
    case 'discard':
      return stay({ ...state, outgoing: withoutId(state.outgoing, input.id) });
    case 'ask':
      return state.phase.is === 'in' ? [state, [write(input.frame)]] : stay(state);
  }
};
