import {
  authorOf,
  type Conversation,
  isEvent,
  type LineState,
  roomKey,
  type ServerFrame,
  sameNick,
  type Talk,
  talking,
} from '@partyline/client';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Account, createAccount, isPersonal } from './account.ts';
import { answerText } from './answer-text.ts';
import { type Composing, createComposing } from './composing.ts';
import { createCore } from './core.ts';
import type { Dialog } from './dialog.ts';
import { createFinding, type Finding } from './finding.ts';
import type { Store } from './memory.ts';
import { createNotifying, type Notifier, type Notifying } from './notifying.ts';
import { createReading, type Reading } from './reading.ts';
import { createRooms, type Rooms } from './rooms.ts';
import { createRunning, isDeed, type Running } from './running.ts';
import { createServing, type Serving } from './serving.ts';
import { createTyping, type Typing } from './typing.ts';
import { createUploads, type FilesTaken, type Uploads } from './uploads/index.ts';
import type { Tus } from './uploads/tus.ts';

/** The whole client without its looks, by what can be done with it. */
export type App = {
  readonly line: ReadonlySignal<LineState>;
  readonly talk: ReadonlySignal<Talk>;
  readonly current: ReadonlySignal<Conversation | undefined>;
  readonly reading: Reading;
  readonly composing: Composing;
  readonly rooms: Rooms;
  readonly running: Running;
  readonly finding: Finding;
  readonly account: Account;
  readonly notifying: Notifying;
  readonly typing: Typing;
  readonly uploads: Uploads;
  readonly serving: Serving;
  readonly dialog: Signal<Dialog>;
  /** Leaves a room, or puts a private conversation away. */
  close(key: string): void;
  setTopic(text: string): void;
  leave(): void;
  /** Somebody came back to the page, or the network did. */
  nudge(): void;
  network(up: boolean): void;
  /** Writes down what has to outlive the page. */
  save(): void;
};

/** How long to wait for the end of a storm of joins before the members are asked for again. */
const ASK_MEMBERS_AFTER_MS = 1_500;

/** Where what others did is told: in its room. */
const placeOf = (frame: ServerFrame): string | undefined =>
  'by' in frame && frame.type !== 'invited' ? roomKey(frame.room) : undefined;

/** Whether it changes who one is, and so what one may do. */
const isIdentity = ({ type }: ServerFrame): boolean =>
  type === 'role' || type === 'identified' || type === 'registered';

/** Whether something is asked for in dialogs, which then tell why it was refused. */
const isAsked = (type: string | undefined): boolean => isDeed(type) || isPersonal(type);

export type AppOptions = {
  /** Where ws-gateway is. */
  readonly url: string;
  /** What outlives the page being loaded again: in this tab, and in this browser. */
  readonly tab: Store;
  readonly browser: Store;
  readonly notifier: Notifier;
  readonly tus: Tus;
  /** Which files are taken. */
  readonly taken: FilesTaken;
};

export const createApp = ({ url, tab, browser, notifier, tus, taken }: AppOptions): App => {
  const core = createCore({ url, store: tab });
  const { talk, current } = core;
  const typing = createTyping();
  const reading = createReading(core);
  const rooms = createRooms(core, reading);
  const finding = createFinding(core);
  const running = createRunning(core);
  const account = createAccount(core);
  const notifying = createNotifying(core, reading, { store: browser, notifier });
  const uploads = createUploads(core, { tus, taken });
  const serving = createServing(core);
  const wanted = new Set<string>();
  const dialog = signal<Dialog>({ is: 'none' });
  const composing = createComposing(core, {
    ...{ reading, rooms, typing, serving, wanted },
    open: (it) => {
      dialog.value = it;
    },
    leave: core.end,
  });

  let membersTimer: ReturnType<typeof setTimeout> | undefined;
  const askMembersSoon = (): void => {
    clearTimeout(membersTimer);
    membersTimer = setTimeout(() => {
      const open = current.peek();
      if (open?.kind === 'room') core.ask({ type: 'list', room: open.name });
    }, ASK_MEMBERS_AFTER_MS);
  };

  core.hear((frame) => {
    const isSaidThere = frame.type === 'error' && dialog.peek().is !== 'none' && isAsked(frame.of);
    const text = isSaidThere ? undefined : answerText(frame, wanted, talk.peek().me);
    if (text !== undefined)
      core.tell(frame.type === 'error' ? 'error' : 'info', text, placeOf(frame));
    if (isEvent(frame)) typing.over(frame.room, authorOf(frame));
    const { standing, kind } = current.peek() ?? {};
    if (frame.type === 'login' || (kind === 'room' && standing === undefined && isIdentity(frame)))
      reading.complete();
    else if (frame.type === 'typing' && !sameNick(frame.nickname, talk.peek().me))
      typing[frame.stopped ? 'over' : 'heard'](frame.room, frame.nickname);
    else if (frame.type === 'log') {
      if (frame.change === 'left') typing.over(frame.room, frame.nickname);
      if (frame.change === 'more') askMembersSoon();
    }
  });
  core.start();

  return {
    ...{ line: core.line, talk, current },
    ...{ reading, composing, rooms, running, finding, account },
    ...{ notifying, typing, uploads, serving, dialog },
    close(key) {
      const conversation = talk.peek().conversations.get(key);
      if (conversation?.kind === 'room') rooms.leave(conversation.name);
      else talk.value = talking.close(talk.peek(), key);
      reading.complete();
    },
    setTopic(text) {
      const open = current.peek();
      if (open?.kind === 'room') core.request({ type: 'topic', room: open.name, text });
    },
    leave: core.end,
    nudge: () => core.dispatch({ type: 'nudge' }),
    network: (up) => core.dispatch({ type: 'network', up }),
    save: core.save,
  };
};
