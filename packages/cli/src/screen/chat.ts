import { randomUUID } from 'node:crypto';
import {
  allCommands,
  authorOf,
  type ClientFrame,
  type Conversation,
  commandTexts,
  createLine,
  type Dial,
  isEvent,
  type LineState,
  type RoomListing,
  roomKey,
  type ServerFrame,
  sameNick,
  type Talk,
  type Target,
  talking,
} from '@partyline/client';
import { isProblem, type Locale, roomName } from '@partyline/protocol';
import type { ScreenTexts } from '../text/screen-texts.ts';
import { answerText } from './answer-text.ts';
import { lastSaid, readReply } from './referring.ts';
import type { ThemeName } from './theme.ts';
import { createTyping, type Typing } from './typing.ts';
import { ownCommands, readWritten } from './written.ts';

export type ChatOptions = {
  readonly dial: Dial;
  readonly locale: Locale;
  readonly texts: ScreenTexts;
  readonly now: () => number;
  /** Whether somebody is looking at the end of the conversation that is open. */
  readonly isWatching: () => boolean;
  /** Something is to be shown otherwise. */
  readonly onChange: () => void;
  /** Each frame, after the conversations heard it; and what is told to this reader alone. */
  readonly onFrame?: (frame: ServerFrame) => void;
  readonly onTold?: (text: string) => void;
  /** Nicks to try, the first of which is the likeliest. */
  readonly nicks: readonly string[];
  readonly password: string | undefined;
  /** The reader asked for other looks, or to leave. */
  readonly onTheme: (name: ThemeName) => void;
  readonly onLeave: () => void;
};

/** The conversations and what can be done in them, whatever shows them. */
export interface Chat {
  readonly talk: Talk;
  readonly line: LineState;
  readonly typing: readonly string[];
  /** Rooms of the server, as far as they were asked for. */
  readonly rooms: readonly string[];
  enter(nick: string): void;
  leave(): void;
  go(key: string): void;
  /** Everything of the conversation that is open was seen. */
  seen(): void;
  /** Does what a line asks for. */
  write(written: string): void;
  /** Somebody types in the conversation that is open. */
  typed(): void;
  loadOlder(): void;
}

const PAGE_EVENTS = 100;
/** How long to wait for the end of a storm of joins before the members are asked for again. */
const ASK_MEMBERS_AFTER_MS = 1_500;
/** Refusals of a nick after which another of ours may be let in. */
const otherNick = new Set(['nick-taken', 'nick-registered', 'nick-confusable', 'nick-reserved']);

const targetOf = ({ kind, name }: Conversation): Target =>
  kind === 'room' ? { room: name } : { nick: name };

export const createChat = (options: ChatOptions): Chat => {
  const { locale, texts, now, isWatching, onChange, password } = options;
  const typing: Typing = createTyping();
  /** Answers that somebody wants to read, not only the client. */
  const wanted = new Set<string>();
  /** Rooms that somebody asked to be in, and will be shown on arrival. */
  const wishes = new Set<string>();
  const untried = [...options.nicks];
  let talk: Talk = talking.noTalk;
  let rooms: readonly RoomListing[] = [];
  let keys = 0;
  let membersTimer: ReturnType<typeof setTimeout> | undefined;

  const current = (): Conversation | undefined => talk.conversations.get(talk.current);
  const moment = () => {
    keys += 1;
    return { now: now(), key: `k${keys}`, watching: isWatching(), remembered: undefined };
  };
  const change = (next: Talk): void => {
    talk = next;
    onChange();
  };
  const tell = (tone: 'info' | 'error', text: string): void => {
    change(talking.tell(talk, tone, text, moment()));
    options.onTold?.(text);
  };

  const ask = (frame: ClientFrame): boolean => {
    const isUp = line.state.phase.is === 'in';
    line.dispatch({ type: 'ask', frame });
    return isUp;
  };
  const request = (frame: ClientFrame): void => {
    wanted.add(frame.type);
    if (!ask(frame)) tell('error', texts.lineAway);
  };

  const askOlder = ({ key, room, timeline, loading }: Conversation): void => {
    if (room === undefined || loading || timeline.complete) return;
    const before = timeline.first || timeline.last + 1;
    if (!ask({ type: 'history', room, limit: PAGE_EVENTS, before })) return;
    change(talking.change(talk, key, (it) => ({ ...it, loading: true, asked: true })));
  };

  /** Asks for what the open conversation shows and isn't here yet. */
  const complete = (): void => {
    const open = current();
    if (open === undefined) return;
    if (!open.asked) askOlder(open);
    if (open.kind === 'room' && open.members === undefined) ask({ type: 'list', room: open.name });
  };

  const seen = (): void => {
    const read = talking.readAll(talk, talk.current);
    if (read !== talk) change(read);
  };

  const go = (key: string): void => {
    change(talking.goTo(talk, key));
    seen();
    complete();
  };

  const askMembersSoon = (): void => {
    clearTimeout(membersTimer);
    membersTimer = setTimeout(() => {
      const open = current();
      if (open?.kind === 'room') ask({ type: 'list', room: open.name });
    }, ASK_MEMBERS_AFTER_MS);
    membersTimer.unref();
  };

  const onFrame = (frame: ServerFrame): void => {
    change(talking.hear(talk, frame, moment()));
    options.onFrame?.(frame);
    const text = answerText(frame, wanted, texts, locale);
    if (text !== undefined) tell(frame.type === 'error' ? 'error' : 'info', text);
    if (isEvent(frame)) typing.over(frame.room, authorOf(frame));
    switch (frame.type) {
      case 'login':
        complete();
        ask({ type: 'rooms' });
        break;
      case 'join':
        if (wishes.delete(frame.room)) go(roomKey(frame.room));
        break;
      case 'part':
        complete();
        break;
      case 'log':
        if (frame.change === 'left') typing.over(frame.room, frame.nickname);
        if (frame.change === 'more') askMembersSoon();
        break;
      case 'typing':
        if (!sameNick(frame.nickname, talk.me)) typing.heard(frame.room, frame.nickname, now());
        break;
      case 'rooms':
        ({ rooms } = frame);
        break;
    }
  };

  const enter = (nick: string): void =>
    line.dispatch({ type: 'enter', nick, ...(password !== undefined && { password }) });

  const onState = (state: LineState): void => {
    const { phase } = state;
    if (phase.is === 'waiting' || phase.is === 'over') talk = talking.noneLoading(talk);
    if (phase.is === 'out' && otherNick.has(phase.reason?.code ?? '')) {
      const next = untried.shift();
      if (next !== undefined) enter(next);
    }
    onChange();
  };

  const line = createLine({ dial: options.dial, onState, onFrame });

  const send = (to: Target, text: string, kind: 'message' | 'action', ref?: number): void =>
    line.dispatch({
      type: 'send',
      message: {
        ...{ id: randomUUID(), to, text, kind, at: now() },
        ...(ref !== undefined && { ref }),
      },
    });

  const writeTo = (nick: string): Conversation => {
    const [next, conversation] = talking.openPrivate(talk, nick);
    change(next);
    go(conversation.key);
    return conversation;
  };

  const goRoom = (asked: string): void => {
    const room = roomName(asked);
    if (isProblem(room)) {
      tell('error', room.message);
      return;
    }
    if (talk.conversations.has(roomKey(room))) {
      go(roomKey(room));
      return;
    }
    wishes.add(room);
    request({ type: 'join', room });
  };

  const close = (open: Conversation): void => {
    if (open.kind === 'room') request({ type: 'part', room: open.name });
    else {
      change(talking.close(talk, open.key));
      complete();
    }
  };

  const help = (): string => {
    const language = locale === 'zh-CN' ? 'zh' : 'en';
    const lines = [
      ...allCommands.map(({ usage, purpose }) => [usage, commandTexts[purpose][language]] as const),
      ...Object.values(ownCommands).map(({ usage, purpose }) => [usage, purpose[locale]] as const),
    ];
    const table = lines.map(([usage, purpose]) => `${usage} — ${purpose}`);
    return [texts.commands, ...table, texts.keys].join('\n');
  };

  const refused = () => line.state.outgoing.filter(({ state }) => state.is === 'refused');

  const write = (written: string): void => {
    const open = current();
    if (open === undefined) return;
    const it = readWritten(written, open.kind === 'room' ? open.name : undefined);
    const isMine = (nick: string): boolean => sameNick(nick, talk.me);
    switch (it.do) {
      case 'say':
        send(targetOf(open), it.text, it.kind);
        break;
      case 'private': {
        const conversation = writeTo(it.nick);
        if (it.text !== '') send(targetOf(conversation), it.text, 'message');
        break;
      }
      case 'go':
        goRoom(it.room);
        break;
      case 'find':
        request({ type: 'search', query: it.words });
        break;
      case 'ask':
        request(it.frame);
        break;
      case 'leave':
        options.onLeave();
        break;
      case 'help':
        tell('info', help());
        break;
      case 'wrong':
        tell('error', it.key === 'usage' ? texts.usage(it.params?.usage ?? '') : texts[it.key]);
        break;
      case 'reply': {
        const { event, text } = readReply(open, it.words, talk.me);
        if (event === undefined) tell('error', texts.nothingToReferTo);
        else send(targetOf(open), text, 'message', event.seq);
        break;
      }
      case 'edit':
      case 'delete': {
        const event = lastSaid(open, isMine);
        if (event === undefined) tell('error', texts.nothingToReferTo);
        else if (it.do === 'delete') request({ type: 'delete', room: event.room, ref: event.seq });
        else request({ type: 'edit', room: event.room, ref: event.seq, message: it.text });
        break;
      }
      case 'react': {
        const fits = (nick: string): boolean =>
          it.nick === '' ? !isMine(nick) : sameNick(nick, it.nick.replace(/^@/, ''));
        const event = lastSaid(open, fits);
        if (event === undefined) tell('error', texts.nothingToReferTo);
        else request({ type: 'react', room: event.room, ref: event.seq, reaction: it.reaction });
        break;
      }
      case 'again':
        for (const { id, to, text, kind, ref } of refused()) {
          line.dispatch({ type: 'discard', id });
          send(to, text, kind, ref);
        }
        break;
      case 'drop':
        for (const { id } of refused()) line.dispatch({ type: 'discard', id });
        break;
      case 'close':
        close(open);
        break;
      case 'theme':
        options.onTheme(it.name);
        break;
    }
  };

  return {
    get talk() {
      return talk;
    },
    get line() {
      return line.state;
    },
    get typing() {
      const room = current()?.room;
      return room === undefined ? [] : typing.in(room, now());
    },
    get rooms() {
      return rooms.map(({ room }) => room);
    },
    enter(nick) {
      untried.splice(0, untried.indexOf(nick) + 1);
      enter(nick);
    },
    leave: () => line.dispatch({ type: 'leave' }),
    go,
    seen,
    write,
    typed() {
      const room = current()?.room;
      if (room !== undefined && typing.tell(room, now())) ask({ type: 'typing', room });
    },
    loadOlder() {
      const open = current();
      if (open !== undefined) askOlder(open);
    },
  };
};
