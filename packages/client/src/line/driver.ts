import { backoffMs } from './backoff.ts';
import { type Effect, type Held, type Input, type LineState, newLine, step } from './line.ts';
import { parseFrame, type ServerFrame } from './wire.ts';

export type LineOptions = {
  readonly url: string;
  /** What an earlier life of the page left. */
  readonly held: Held | undefined;
  readonly onState: (state: LineState) => void;
  readonly onFrame: (frame: ServerFrame) => void;
  readonly random?: () => number;
};

export type Line = {
  readonly state: LineState;
  readonly dispatch: (input: Input) => void;
};

const SUBPROTOCOL = 'partyline.v1';
/** 1000 would say goodbye, after which a session can't be resumed. Who does go says so by `quit`. */
const COMING_BACK = 4100;

/** Runs the line's state machine with a WebSocket and a timer. */
export const createLine = ({
  url,
  held,
  onState,
  onFrame,
  random = Math.random,
}: LineOptions): Line => {
  let state = newLine(held);
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inputs: Input[] = [];
  let busy = false;

  const hangUp = (): void => {
    // The old socket may still speak while it closes; nobody listens any more.
    socket?.close(COMING_BACK);
    socket = undefined;
  };

  const connect = (): void => {
    hangUp();
    const made = new WebSocket(url, SUBPROTOCOL);
    socket = made;
    const current = (input: Input): void => {
      if (socket === made) dispatch(input);
    };
    made.onopen = () => current({ type: 'opened' });
    made.onclose = ({ code, reason }) => current({ type: 'closed', code, reason });
    made.onmessage = ({ data }) => {
      const frame = parseFrame(data);
      if (frame !== undefined) current({ type: 'heard', frame });
    };
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
        if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(effect.frame));
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
