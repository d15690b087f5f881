import {
  authorOf,
  type Conversation,
  type Dial,
  isEvent,
  type LineState,
  type Memory,
  type RoomListing,
  roomKey,
  type ServerFrame,
  sameNick,
  type Talk,
  talking,
} from '@partyline/client';
import type { Locale } from '@partyline/protocol';
import type { Kept } from '../memory/kept.ts';
import type { ScreenTexts } from '../text/screen-texts.ts';
import { answerText } from './answer-text.ts';
import { createCore } from './core.ts';
import type { ThemeName } from './theme.ts';
import { createTyping, type Typing } from './typing.ts';
import { createWriting } from './writing.ts';

/** As whom one comes. */
export type Identity = {
  /** Nicks to try, the first of which is the likeliest. */
  readonly nicks: readonly string[];
  readonly password: string | undefined;
  /** Where it is written down what outlives this client, and what an earlier one left. */
  readonly kept: Kept | undefined;
  readonly memory: Memory | undefined;
};

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
  readonly as: Identity;
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
  /** Comes in, or on; under another nick when one is given. */
  enter(nick?: string): void;
  /** `silently`, so that the next life of this client can go on with the session. */
  leave(how: 'goodbye' | 'silently'): void;
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

export const createChat = (options: ChatOptions): Chat => {
  const { dial, locale, texts, now, isWatching, onChange, onTold } = options;
  const { nicks, password, kept, memory } = options.as;
  const typing: Typing = createTyping();
  /** Rooms that somebody asked to be in, and will be shown on arrival. */
  const wishes = new Set<string>();
  const untried = [...nicks];
  let rooms: readonly RoomListing[] = [];
  let membersTimer: ReturnType<typeof setTimeout> | undefined;

  const askOlder = ({ key, room, timeline, loading }: Conversation): void => {
    if (room === undefined || loading || timeline.complete) return;
    const before = timeline.first || timeline.last + 1;
    if (!core.ask({ type: 'history', room, limit: PAGE_EVENTS, before })) return;
    core.change(talking.change(core.talk, key, (it) => ({ ...it, loading: true, asked: true })));
  };

  /** Asks for what the open conversation shows and isn't here yet. */
  const complete = (): void => {
    const open = core.current;
    if (open === undefined) return;
    if (!open.asked) askOlder(open);
    if (open.kind === 'room' && open.members === undefined)
      core.ask({ type: 'list', room: open.name });
  };

  const seen = (): void => {
    const read = talking.readAll(core.talk, core.talk.current);
    if (read !== core.talk) core.change(read);
  };

  const go = (key: string): void => {
    core.change(talking.goTo(core.talk, key));
    seen();
    complete();
  };

  /** The conversation that is open is here, or here again. */
  const show = (): void => {
    complete();
    if (isWatching()) seen();
  };

  const askMembersSoon = (): void => {
    clearTimeout(membersTimer);
    membersTimer = setTimeout(() => {
      const open = core.current;
      if (open?.kind === 'room') core.ask({ type: 'list', room: open.name });
    }, ASK_MEMBERS_AFTER_MS);
    membersTimer.unref();
  };

  const onFrame = (frame: ServerFrame): void => {
    options.onFrame?.(frame);
    const text = answerText(frame, core.wanted, texts, locale);
    if (text !== undefined) core.tell(frame.type === 'error' ? 'error' : 'info', text);
    if (isEvent(frame)) typing.over(frame.room, authorOf(frame));
    switch (frame.type) {
      case 'login':
        show();
        core.ask({ type: 'rooms' });
        break;
      case 'join':
        if (wishes.delete(frame.room)) go(roomKey(frame.room));
        else show();
        break;
      case 'part':
        complete();
        break;
      case 'log':
        if (frame.change === 'left') typing.over(frame.room, frame.nickname);
        if (frame.change === 'more') askMembersSoon();
        break;
      case 'typing':
        if (frame.stopped) typing.over(frame.room, frame.nickname);
        else if (!sameNick(frame.nickname, core.talk.me))
          typing.heard(frame.room, frame.nickname, now());
        break;
      case 'rooms':
        ({ rooms } = frame);
        break;
    }
  };

  const enter = (nick: string): void =>
    core.dispatch({ type: 'enter', nick, ...(password !== undefined && { password }) });

  const onState = (state: LineState): void => {
    const { phase } = state;
    if (phase.is === 'waiting' || phase.is === 'over') core.talk = talking.noneLoading(core.talk);
    if (phase.is === 'out' && otherNick.has(phase.reason?.code ?? '')) {
      const next = untried.shift();
      if (next !== undefined) enter(next);
    }
    onChange();
  };

  const core = createCore({
    ...{ dial, texts, kept, memory, now, isWatching, onChange, onState, onFrame, onTold },
  });

  const write = createWriting(core, {
    ...{ locale, texts, now, go, onTheme: options.onTheme, onLeave: options.onLeave },
    join(room) {
      wishes.add(room);
      core.request({ type: 'join', room });
    },
    close({ kind, name, key }) {
      if (kind === 'room') core.request({ type: 'part', room: name });
      else {
        core.change(talking.close(core.talk, key));
        complete();
      }
    },
  });

  return {
    get talk() {
      return core.talk;
    },
    get line() {
      return core.line;
    },
    get typing() {
      const room = core.current?.room;
      return room === undefined ? [] : typing.in(room, now());
    },
    get rooms() {
      return rooms.map(({ room }) => room);
    },
    enter(nick = memory?.held.nick ?? nicks[0] ?? '') {
      untried.splice(0, untried.indexOf(nick) + 1);
      enter(nick);
    },
    leave: core.leave,
    ...{ go, seen, write },
    typed() {
      const room = core.current?.room;
      if (room !== undefined && typing.tell(room, now())) core.ask({ type: 'typing', room });
    },
    loadOlder() {
      const open = core.current;
      if (open !== undefined) askOlder(open);
    },
  };
};
