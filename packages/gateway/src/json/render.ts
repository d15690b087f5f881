import {
  type Event,
  LOBBY,
  type Locale,
  type PresenceChange,
  type Signal,
} from '@partyline/protocol';
import { texts } from './texts.ts';

/** An event as the client is told it, live and in history alike. The first members are those that the oldest programs know, in their order. */
export const eventObject = ({ room, seq, at, id, kind, nick, text, to }: Event): object => {
  if (kind === 'topic') return { type: 'topic', room, text, nickname: nick, seq, at, id };
  const extra = kind === 'message' ? { room, seq, at, id } : { room, seq, at, id, kind };
  return to === undefined
    ? { type: 'broadcast', nickname: nick, message: text, ...extra }
    : { type: 'p2p', from: nick, to, message: text, ...extra };
};

/** What a signal is told as, in a language: one object per change of who is there. */
export const signalObjects = (signal: Signal, locale: Locale): readonly object[] => {
  const { room } = signal;
  if (signal.type === 'typing') return [{ type: 'typing', room, nickname: signal.nick }];
  const { changes, moreJoined: joined, moreLeft: left, members, online } = signal;
  const objects: object[] = changes.map((it) => ({
    type: 'log',
    message: changeText(it, room, locale),
    room,
    change: it.change,
    nickname: it.nick,
    ...(it.change === 'renamed' ? { was: it.was } : {}),
    online: it.online,
    members,
  }));
  if (joined + left > 0) {
    const message = texts[locale].more(joined, left, online);
    objects.push({ type: 'log', message, room, change: 'more', joined, left, online, members });
  }
  return objects;
};

const changeText = (it: PresenceChange, room: string, locale: Locale): string => {
  const text = texts[locale];
  if (it.change === 'renamed') return text.renamed(it.was, it.nick, it.online);
  const place = room === LOBBY ? text.lobby : text.room(room);
  return text[it.change](it.nick, place, it.online);
};
