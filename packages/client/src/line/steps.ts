import type { Effect, LineState, Phase, Step } from './line-state.ts';
import { due, inState, publication } from './outgoing.ts';
import type { ClientFrame, ServerFrame } from './wire.ts';

/** How long connecting, and being let in, may each take. */
export const ENTER_MS = 10_000;
/** A ping goes out this often; browsers tell nobody of a connection that died silently. */
export const PING_MS = 25_000;

export const stay = (state: LineState): Step => [state, []];
export const write = (frame: ClientFrame): Effect => ({ do: 'write', frame });
export const deliver = (frame: ServerFrame): Effect => ({ do: 'deliver', frame });

export const connect = (state: LineState, attempt: number): Step => [
  { ...state, phase: { is: 'connecting', attempt } },
  [{ do: 'connect' }, { do: 'alarm', ms: ENTER_MS }],
];

export const retry = (state: LineState, attempt: number, why = ''): Step => [
  { ...state, phase: { is: 'waiting', attempt: attempt + 1, ...(why !== '' && { why }) } },
  [{ do: 'disconnect' }, { do: 'alarm', backoff: attempt }],
];

export const stop = (state: LineState, phase: Phase): Step => [
  { ...state, phase },
  [{ do: 'disconnect' }, { do: 'quiet' }],
];

/** Writes all that may go out. */
export const flush = ([state, effects]: Step): Step => {
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
