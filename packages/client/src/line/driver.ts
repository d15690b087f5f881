import { backoffMs } from './backoff.ts';
import type { Connection, Dial } from './dial.ts';
import { step } from './line.ts';
import { type Effect, type Held, type Input, type LineState, newLine } from './line-state.ts';
import type { ServerFrame } from './wire.ts';

export type LineOptions = {
  readonly dial: Dial;
  /** What an earlier life of the client left. */
  readonly held?: Held | undefined;
  readonly onState: (state: LineState) => void;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly random?: () => number;
};

export type Line = {
  readonly state: LineState;
  readonly dispatch: (input: Input) => void;
};

/** Runs the line's state machine with connections, one at a time, and a timer. */
export const createLine = ({
  dial,
  held,
  onState,
  onFrame,
  random = Math.random,
}: LineOptions): Line => {
  let state = newLine(held);
  let connection: Connection | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inputs: Input[] = [];
  let busy = false;

  const hangUp = (): void => {
    connection?.hangUp();
    connection = undefined;
  };

  const connect = (): void => {
    hangUp();
    // An old connection may still speak while it closes; nobody listens any more.
    const current = (input: Input): void => {
      if (connection === made) dispatch(input);
    };
    const made = dial({
      opened: () => current({ type: 'opened' }),
      heard: (frame) => current({ type: 'heard', frame }),
      closed: (end) => current({ type: 'closed', ...end }),
      failed: (reason) => current({ type: 'failed', reason }),
    });
    connection = made;
  };

  const setAlarm = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => dispatch({ type: 'alarm' }), ms);
  };

  const perform = (effect: Effect): void => {
    switch (effect.do) {
      case 'connect':
        connect();
        break;
      case 'disconnect':
        hangUp();
        break;
      case 'write':
        connection?.send(effect.frame);
        break;
      case 'alarm':
        setAlarm('ms' in effect ? effect.ms : backoffMs(effect.backoff, random));
        break;
      case 'quiet':
        clearTimeout(timer);
        break;
      case 'deliver':
        onFrame(effect.frame);
        break;
    }
  };

  // What an effect leads to waits until all effects of its step are done, so that writes keep their order.
  const dispatch = (input: Input): void => {
    inputs.push(input);
    if (busy) return;
    busy = true;
    try {
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        const [changed, effects] = step(state, next);
        if (changed !== state) {
          state = changed;
          onState(state);
        }
        for (const effect of effects) perform(effect);
      }
    } finally {
      busy = false;
    }
  };

  return {
    get state() {
      return state;
    },
    dispatch,
  };
};
