import { randomUUID } from 'node:crypto';
import {
  allCommands,
  type Conversation,
  commandTexts,
  roomKey,
  sameNick,
  type Target,
  talking,
} from '@partyline/client';
import { isProblem, type Locale, roomName } from '@partyline/protocol';
import type { ScreenTexts } from '../text/screen-texts.ts';
import type { Core } from './core.ts';
import { lastSaid, readReply } from './referring.ts';
import type { ThemeName } from './theme.ts';
import { ownCommands, readWritten } from './written.ts';

export type WritingOptions = {
  readonly locale: Locale;
  readonly texts: ScreenTexts;
  readonly now: () => number;
  /** Goes to a conversation. */
  readonly go: (key: string) => void;
  /** Joins a room that one isn't in, and goes there on arrival. */
  readonly join: (room: string) => void;
  /** Leaves a room, or puts a private conversation away. */
  readonly close: (open: Conversation) => void;
  /** The reader asked for other looks, or to leave. */
  readonly onTheme: (name: ThemeName) => void;
  readonly onLeave: () => void;
};

const targetOf = ({ kind, name }: Conversation): Target =>
  kind === 'room' ? { room: name } : { nick: name };

const helpText = (texts: ScreenTexts, locale: Locale): string => {
  const language = locale === 'zh-CN' ? 'zh' : 'en';
  const lines = [
    ...allCommands.map(({ usage, purpose }) => [usage, commandTexts[purpose][language]] as const),
    ...Object.values(ownCommands).map(({ usage, purpose }) => [usage, purpose[locale]] as const),
  ];
  const table = lines.map(([usage, purpose]) => `${usage} — ${purpose}`);
  return [texts.commands, ...table, texts.keys].join('\n');
};

/** Does what a line asks for, in the conversation that is open. */
export const createWriting = (core: Core, options: WritingOptions) => {
  const { locale, texts, now, go } = options;

  const send = (to: Target, text: string, kind: 'message' | 'action', ref?: number): void =>
    core.dispatch({
      type: 'send',
      message: {
        ...{ id: randomUUID(), to, text, kind, at: now() },
        ...(ref !== undefined && { ref }),
      },
    });

  const writeTo = (nick: string): Conversation => {
    const [next, conversation] = talking.openPrivate(core.talk, nick);
    core.change(next);
    go(conversation.key);
    return conversation;
  };

  const goRoom = (asked: string): void => {
    const room = roomName(asked);
    if (isProblem(room)) core.tell('error', room.message);
    else if (core.talk.conversations.has(roomKey(room))) go(roomKey(room));
    else options.join(room);
  };

  const refused = () => core.line.outgoing.filter(({ state }) => state.is === 'refused');

  return (written: string): void => {
    const open = core.current;
    if (open === undefined) return;
    const it = readWritten(written, open.kind === 'room' ? open.name : undefined);
    const isMine = (nick: string): boolean => sameNick(nick, core.talk.me);
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
        core.request({ type: 'search', query: it.words });
        break;
      case 'ask':
        core.request(it.frame);
        break;
      case 'leave':
        options.onLeave();
        break;
      case 'help':
        core.tell('info', helpText(texts, locale));
        break;
      case 'wrong':
        core.tell(
          'error',
          it.key === 'usage' ? texts.usage(it.params?.usage ?? '') : texts[it.key],
        );
        break;
      case 'reply': {
        const { event, text } = readReply(open, it.words, core.talk.me);
        if (event === undefined) core.tell('error', texts.nothingToReferTo);
        else send(targetOf(open), text, 'message', event.seq);
        break;
      }
      case 'edit':
      case 'delete': {
        const event = lastSaid(open, isMine);
        if (event === undefined) core.tell('error', texts.nothingToReferTo);
        else if (it.do === 'delete')
          core.request({ type: 'delete', room: event.room, ref: event.seq });
        else core.request({ type: 'edit', room: event.room, ref: event.seq, message: it.text });
        break;
      }
      case 'react': {
        const fits = (nick: string): boolean =>
          it.nick === '' ? !isMine(nick) : sameNick(nick, it.nick.replace(/^@/, ''));
        const event = lastSaid(open, fits);
        if (event === undefined) core.tell('error', texts.nothingToReferTo);
        else
          core.request({ type: 'react', room: event.room, ref: event.seq, reaction: it.reaction });
        break;
      }
      case 'again':
        for (const { id, to, text, kind, ref } of refused()) {
          core.dispatch({ type: 'discard', id });
          send(to, text, kind, ref);
        }
        break;
      case 'drop':
        for (const { id } of refused()) core.dispatch({ type: 'discard', id });
        break;
      case 'close':
        options.close(open);
        break;
      case 'theme':
        options.onTheme(it.name);
        break;
    }
  };
};
