import type { Remembered, Talk, Target } from '@partyline/client';
import {
  authorOf,
  type ClientFrame,
  type Conversation,
  createLine,
  dialWebSocket,
  isEvent,
  type LineState,
  newLine,
  type RoomListing,
  roomKey,
  type ServerFrame,
  type SpokenFrame,
  sameNick,
  talking,
  unread,
} from '@partyline/client';
import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import { answerText } from './answer-text.ts';
import { forget, type Memory, memoryOf, recall, remember, type Store } from './memory.ts';
import { readSpoken, usages } from './slash.ts';
import { createTyping, type Typing } from './typing.ts';

/** What is being written refers to something that was said. */
export type About = {
  /** The conversation in which it was. */
  readonly key: string;
  readonly what: 'reply' | 'edit';
  readonly event: SpokenFrame;
  /** Its text now. */
  readonly text: string;
};

export type App = {
  readonly line: ReadonlySignal<LineState>;
  readonly talk: ReadonlySignal<Talk>;
  readonly current: ReadonlySignal<Conversation | undefined>;
  readonly unread: ReadonlySignal<number>;
  readonly typing: Typing;
  /** All rooms of the server, as far as they were asked for. */
  readonly rooms: ReadonlySignal<readonly RoomListing[] | undefined>;
  /** What was written and not sent yet, by conversation. */
  readonly drafts: Map<string, string>;
  /** What the next line of the composer refers to. */
  readonly about: ReadonlySignal<About | undefined>;
  /** The next line replies to a message, or takes its place; with nothing, to none. */
  refer(what: About['what'], event: SpokenFrame, text: string): void;
  letGo(): void;
  takeBack(event: SpokenFrame): void;
  react(event: SpokenFrame, reaction: string, remove: boolean): void;
  enter(nick: string): void;
  leave(): void;
  /** Opens a conversation. */
  go(key: string): void;
  /** Opens the next (1) or previous (-1) conversation. */
  goBy(places: 1 | -1): void;
  goRoom(room: string): void;
  writeTo(nick: string): void;
  /** Leaves a room, or puts a private conversation away. */
  close(key: string): void;
  /** Does what a line of the composer asks for. */
  speak(written: string): void;
  again(id: string): void;
  discard(id: string): void;
  rename(nick: string): void;
  setTopic(text: string): void;
  loadOlder(): void;
  askRooms(): void;
  typed(): void;
  /** Whether the end of the current conversation is in view. */
  watch(watching: boolean): void;
  /** Somebody came back to the page, or the network did. */
  nudge(): void;
  network(up: boolean): void;
  /** Writes down what has to outlive the page. */
  save(): void;
};

const PAGE_EVENTS = 50;
const SAVE_AFTER_MS = 250;
/** How long to wait for the end of a storm of joins before the members are asked for again. */
const ASK_MEMBERS_AFTER_MS = 1_500;

// crypto.randomUUID is not there on plain http.
const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/** The whole client without its looks: one line, its conversations, and what can be done with them. */
export const createApp = ({ url, store }: { url: string; store: Store }): App => {
  const memory: Memory | undefined = recall(store);
  const remembered: Remembered | undefined = memory?.remembered;
  const lineState = signal<LineState>(newLine(memory?.held));
  const talk = signal<Talk>(talking.noTalk);
  const rooms = signal<readonly RoomListing[] | undefined>(undefined);
  const about = signal<About | undefined>(undefined);
  const typing = createTyping();
  const drafts = new Map<string, string>();
  /** Answers that somebody wants to read, not only the page. */
  const wanted = new Set<'list' | 'rooms'>();
  let watching = true;
  let keys = 0;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let membersTimer: ReturnType<typeof setTimeout> | undefined;

  const current = computed(() => talk.value.conversations.get(talk.value.current));

  const moment = (): talking.Moment => {
    keys += 1;
    const first = talk.peek().session === '';
    return {
      now: Date.now(),
      key: `k${keys}`,
      watching,
      remembered: first ? remembered : undefined,
    };
  };
  const tell = (tone: 'info' | 'error', text: string): void => {
    talk.value = talking.tell(talk.peek(), tone, text, moment());
  };

  const ask = (frame: ClientFrame): boolean => {
    const up = line.state.phase.is === 'in';
    line.dispatch({ type: 'ask', frame });
    return up;
  };

  const askPage = ({ key, room, timeline, loading }: Conversation): void => {
    if (room === undefined || loading || timeline.complete) return;
    const before = timeline.first || timeline.last + 1;
    if (!ask({ type: 'history', room, limit: PAGE_EVENTS, before })) return;
    talk.value = talking.change(talk.peek(), key, (it) => ({ ...it, loading: true, asked: true }));
  };

  /** Asks for what the open conversation shows and the page doesn't have yet. */
  const complete = (): void => {
    const open = current.peek();
    if (open === undefined) return;
    if (!open.asked) askPage(open);
    if (open.kind === 'room' && open.members === undefined) ask({ type: 'list', room: open.name });
  };

  const go = (key: string): void => {
    talk.value = talking.goTo(talk.peek(), key);
    if (watching) talk.value = talking.readAll(talk.peek(), key);
    complete();
  };

  const askMembersSoon = (): void => {
    clearTimeout(membersTimer);
    membersTimer = setTimeout(() => {
      const open = current.peek();
      if (open?.kind === 'room') ask({ type: 'list', room: open.name });
    }, ASK_MEMBERS_AFTER_MS);
  };

  const onFrame = (frame: ServerFrame): void =>
    batch(() => {
      talk.value = talking.hear(talk.peek(), frame, moment());
      const text = answerText(frame, wanted);
      if (text !== undefined) tell(frame.type === 'error' ? 'error' : 'info', text);
      if (isEvent(frame)) typing.over(frame.room, authorOf(frame));
      switch (frame.type) {
        case 'login':
          complete();
          break;
        case 'join':
          if (!wishes.has(frame.room)) break;
          wishes.delete(frame.room);
          go(roomKey(frame.room));
          break;
        case 'part':
          complete();
          break;
        case 'log':
          if (frame.change === 'left') typing.over(frame.room, frame.nickname);
          if (frame.change === 'more') askMembersSoon();
          break;
        case 'typing':
          if (!sameNick(frame.nickname, talk.peek().me)) typing.heard(frame.room, frame.nickname);
          break;
        case 'rooms':
          rooms.value = frame.rooms;
          break;
      }
    });

  const save = (): void => {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { phase, nick, ticket } = line.state;
    if (phase.is === 'out' || nick === '') {
      forget(store);
      return;
    }
    const now = memoryOf(line.state, talk.peek());
    const fresh = talk.peek().session === '' || ticket === undefined;
    remember(store, fresh && remembered ? { held: now.held, remembered } : now);
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
  /** Rooms that somebody asked to be in, and will be shown on arrival. */
  const wishes = new Set<string>();

  const send = (to: Target, text: string, kind: 'message' | 'action', ref?: number): void =>
    line.dispatch({
      type: 'send',
      message: {
        ...{ id: randomId(), to, text, kind, at: Date.now() },
        ...(ref !== undefined && { ref }),
      },
    });

  const targetOf = ({ kind, name }: Conversation): Target =>
    kind === 'room' ? { room: name } : { nick: name };

  const writeTo = (nick: string): Conversation => {
    const [next, conversation] = talking.openPrivate(talk.peek(), nick);
    talk.value = next;
    go(conversation.key);
    return conversation;
  };

  const goRoom = (asked: string): void => {
    const room = asked.trim().replace(/^#/, '').normalize('NFKC').toLowerCase();
    if (talk.peek().conversations.has(roomKey(room))) {
      go(roomKey(room));
      return;
    }
    wishes.add(room);
    if (!ask({ type: 'join', room })) tell('error', t('lineAway'));
  };

  const request = (frame: ClientFrame): void => {
    if (frame.type === 'list' || frame.type === 'rooms') wanted.add(frame.type);
    if (!ask(frame)) tell('error', t('lineAway'));
  };

  const speak = (written: string): void =>
    batch(() => {
      const open = current.peek();
      if (open === undefined) return;
      const its = about.peek()?.key === open.key ? about.peek() : undefined;
      about.value = undefined;
      if (its?.what === 'edit') {
        const { room, seq: ref } = its.event;
        if (written !== its.text) request({ type: 'edit', room, ref, message: written });
        return;
      }
      const spoken = readSpoken(written, open.kind === 'room' ? open.name : undefined);
      switch (spoken.do) {
        case 'say':
          send(targetOf(open), spoken.text, spoken.kind, its?.event.seq);
          break;
        case 'private': {
          const conversation = writeTo(spoken.nick);
          if (spoken.text) send(targetOf(conversation), spoken.text, 'message');
          break;
        }
        case 'go':
          goRoom(spoken.room);
          break;
        case 'ask':
          request(spoken.frame);
          break;
        case 'leave':
          leave();
          break;
        case 'help':
          tell('info', t('helpIntro', { commands: usages.join('  ') }));
          break;
        case 'wrong':
          tell('error', t(spoken.key, spoken.params));
          break;
      }
    });

  const leave = (): void => {
    line.dispatch({ type: 'leave' });
    talk.value = talking.noTalk;
    forget(store);
  };

  effect(() => {
    talk.value;
    saveSoon();
  });
  if (memory !== undefined) line.dispatch({ type: 'enter', nick: memory.held.nick });

  return {
    line: lineState,
    talk,
    current,
    unread: computed(() => {
      let sum = 0;
      for (const it of talk.value.conversations.values()) sum += unread(it);
      return sum;
    }),
    typing,
    rooms,
    drafts,
    about,
    refer(what, event, text) {
      about.value = { key: talk.peek().current, what, event, text };
    },
    letGo() {
      about.value = undefined;
    },
    takeBack: ({ room, seq }) => request({ type: 'delete', room, ref: seq }),
    react: ({ room, seq }, reaction, remove) =>
      request({
        ...{ type: 'react', room, ref: seq, reaction },
        ...(remove && { remove }),
      }),
    enter: (nick) => line.dispatch({ type: 'enter', nick }),
    leave,
    go,
    goBy(places) {
      const all = [...talk.peek().conversations.keys()];
      const next = all.at((all.indexOf(talk.peek().current) + places) % all.length);
      if (next !== undefined) go(next);
    },
    goRoom,
    writeTo,
    close(key) {
      const conversation = talk.peek().conversations.get(key);
      if (conversation?.kind === 'room') request({ type: 'part', room: conversation.name });
      else talk.value = talking.close(talk.peek(), key);
      complete();
    },
    speak,
    again(id) {
      const message = line.state.outgoing.find((it) => it.id === id);
      if (message === undefined) return;
      line.dispatch({ type: 'discard', id });
      send(message.to, message.text, message.kind, message.ref);
    },
    discard: (id) => line.dispatch({ type: 'discard', id }),
    rename: (nickname) => request({ type: 'rename', nickname }),
    setTopic(text) {
      const open = current.peek();
      if (open?.kind === 'room') request({ type: 'topic', room: open.name, text });
    },
    loadOlder() {
      const open = current.peek();
      if (open !== undefined) askPage(open);
    },
    askRooms: () => void ask({ type: 'rooms' }),
    typed() {
      const room = current.peek()?.room;
      if (room !== undefined && typing.tell(room)) ask({ type: 'typing', room });
    },
    watch(now) {
      watching = now;
      if (now) talk.value = talking.readAll(talk.peek(), talk.peek().current);
    },
    nudge: () => line.dispatch({ type: 'nudge' }),
    network: (up) => line.dispatch({ type: 'network', up }),
    save,
  };
};
