import {
  type ClientFrame,
  type Conversation,
  createLine,
  dialWebSocket,
  type Input,
  type LineState,
  type Moment,
  memoryOf,
  newLine,
  type ServerFrame,
  type Talk,
  talking,
} from '@partyline/client';
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import { forget, recall, remember, type Store } from './memory.ts';

/** What the parts of the client share: one line, and the conversations on it. */
export type Core = {
  readonly line: ReadonlySignal<LineState>;
  readonly talk: Signal<Talk>;
  readonly current: ReadonlySignal<Conversation | undefined>;
  /** What was written and not sent yet, by conversation. */
  readonly drafts: Map<string, string>;
  /** Whether somebody is looking at the end of the current conversation. */
  watching: boolean;
  dispatch(input: Input): void;
  /** Asks if the line is up, and says whether it was. */
  ask(frame: ClientFrame): boolean;
  /** The same for somebody who wants to know when it wasn't. */
  request(frame: ClientFrame): void;
  /** Tells the reader something, in a conversation or in the one that is open. */
  tell(tone: 'info' | 'error', text: string, key?: string): void;
  /** Calls a part for each frame, after the conversations heard it. */
  hear(listener: (frame: ServerFrame) => void): void;
  /** Forgets everything that was said, and who one was. */
  end(): void;
  /** Writes down what has to outlive the page. */
  save(): void;
  /** Begins, where an earlier life of the page stood. */
  start(): void;
};

const SAVE_AFTER_MS = 250;

/** The line, the conversations, and what of them is remembered. */
export const createCore = ({ url, store }: { url: string; store: Store }): Core => {
  const memory = recall(store);
  const lineState = signal<LineState>(newLine(memory?.held));
  const talk = signal<Talk>(
    memory === undefined ? talking.noTalk : talking.recalled(memory.held.nick, memory.remembered),
  );
  const drafts = new Map<string, string>(memory?.drafts);
  const listeners: ((frame: ServerFrame) => void)[] = [];
  let keys = 0;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;

  const moment = (): Moment => {
    keys += 1;
    const isFirst = talk.peek().session === '';
    return {
      now: Date.now(),
      key: `k${keys}`,
      watching: core.watching,
      remembered: isFirst ? memory?.remembered : undefined,
    };
  };

  const onFrame = (frame: ServerFrame): void =>
    batch(() => {
      talk.value = talking.hear(talk.peek(), frame, moment());
      for (const listener of listeners) listener(frame);
    });

  const save = (): void => {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { phase, nick } = line.state;
    if (phase.is === 'out' || nick === '') forget(store);
    else remember(store, memoryOf(line.state, talk.peek(), drafts, memory));
  };
  const saveSoon = (): void => {
    saveTimer ??= setTimeout(save, SAVE_AFTER_MS);
  };

  const onState = (state: LineState): void => {
    const before = lineState.peek();
    lineState.value = state;
    if (before.phase.is === 'in' && state.phase.is !== 'in')
      talk.value = talking.noneLoading(talk.peek());
    if (before.outgoing !== state.outgoing || before.phase.is !== state.phase.is) save();
    else saveSoon();
  };

  const line = createLine({ dial: dialWebSocket(url), held: memory?.held, onState, onFrame });

  const core: Core = {
    line: lineState,
    talk,
    current: computed(() => talk.value.conversations.get(talk.value.current)),
    drafts,
    watching: true,
    dispatch: (input) => line.dispatch(input),
    ask(frame) {
      const up = line.state.phase.is === 'in';
      line.dispatch({ type: 'ask', frame });
      return up;
    },
    request(frame) {
      if (!core.ask(frame)) core.tell('error', t('lineAway'));
    },
    tell(tone, text, key) {
      const isThere = key !== undefined && talk.peek().conversations.has(key);
      talk.value = talking.tell(talk.peek(), tone, text, moment(), isThere ? key : undefined);
    },
    hear: (listener) => void listeners.push(listener),
    end() {
      line.dispatch({ type: 'leave' });
      talk.value = talking.noTalk;
      drafts.clear();
      forget(store);
    },
    save,
    start() {
      effect(() => {
        talk.value;
        saveSoon();
      });
      if (memory !== undefined) line.dispatch({ type: 'enter', nick: memory.held.nick });
    },
  };
  return core;
};
