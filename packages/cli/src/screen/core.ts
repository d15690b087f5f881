import {
  type ClientFrame,
  type Conversation,
  createLine,
  type Dial,
  type Input,
  type LineState,
  type Memory,
  type Moment,
  type ServerFrame,
  type Talk,
  talking,
} from '@partyline/client';
import type { Kept } from '../memory/kept.ts';
import { createRemembering } from '../memory/remembering.ts';
import type { ScreenTexts } from '../text/screen-texts.ts';

export type CoreOptions = {
  readonly dial: Dial;
  readonly texts: ScreenTexts;
  /** Where it is written down what outlives this client; what an earlier one left. */
  readonly kept: Kept | undefined;
  readonly memory: Memory | undefined;
  readonly now: () => number;
  /** Whether somebody is looking at the end of the conversation that is open. */
  readonly isWatching: () => boolean;
  /** Something is to be shown otherwise. */
  readonly onChange: () => void;
  readonly onState: (state: LineState) => void;
  /** Each frame, after the conversations heard it. */
  readonly onFrame: (frame: ServerFrame) => void;
  /** What is told to this reader alone. */
  readonly onTold?: ((text: string) => void) | undefined;
};

/** What the parts of the client share: one line, and the conversations on it. */
export interface Core {
  talk: Talk;
  readonly line: LineState;
  /** The conversation that is open. */
  readonly current: Conversation | undefined;
  change(next: Talk): void;
  dispatch(input: Input): void;
  /** Tells the reader something. */
  tell(tone: 'info' | 'error', text: string): void;
  /** Asks if the line is up, and says whether it was. */
  ask(frame: ClientFrame): boolean;
  /** The same for somebody who reads the answer, or wants to know when the line wasn't up. */
  request(frame: ClientFrame): void;
  /** The kinds of answers that somebody wants to read, not only the client. */
  readonly wanted: Set<string>;
  /** Leaves; `silently`, so that the next life of this client can go on with the session. */
  leave(how: 'goodbye' | 'silently'): void;
}

/** The line, and the conversations on it. */
export const createCore = (options: CoreOptions): Core => {
  const { dial, texts, kept, memory, now, isWatching, onChange, onState, onFrame, onTold } =
    options;
  let keys = 0;
  let hasBeenIn = false;

  const moment = (): Moment => {
    keys += 1;
    const remembered = hasBeenIn ? undefined : memory?.remembered;
    return { now: now(), key: `k${keys}`, watching: isWatching(), remembered };
  };

  const line = createLine({
    dial,
    held: memory?.held,
    onState: (state) => {
      onState(state);
      remembering.changed();
    },
    onFrame: (frame) => {
      core.change(talking.hear(core.talk, frame, moment()));
      hasBeenIn ||= frame.type === 'login' && frame.success;
      onFrame(frame);
    },
  });

  const core: Core = {
    talk:
      memory === undefined ? talking.noTalk : talking.recalled(memory.held.nick, memory.remembered),
    get line() {
      return line.state;
    },
    get current() {
      return core.talk.conversations.get(core.talk.current);
    },
    change(next) {
      core.talk = next;
      onChange();
      remembering.changed();
    },
    dispatch: (input) => line.dispatch(input),
    tell(tone, text) {
      core.change(talking.tell(core.talk, tone, text, moment()));
      onTold?.(text);
    },
    ask(frame) {
      const isUp = line.state.phase.is === 'in';
      line.dispatch({ type: 'ask', frame });
      return isUp;
    },
    request(frame) {
      core.wanted.add(frame.type);
      if (!core.ask(frame)) core.tell('error', texts.lineAway);
    },
    wanted: new Set(),
    leave(how) {
      // Who says goodbye was asked about what isn't sent yet, and let it go.
      if (how === 'goodbye')
        for (const { id } of line.state.outgoing) line.dispatch({ type: 'discard', id });
      remembering.end();
      line.dispatch({ type: 'leave', ...(how === 'silently' && { silently: true }) });
    },
  };
  const remembering = createRemembering(kept, memory, () => ({
    line: line.state,
    talk: core.talk,
  }));
  return core;
};
