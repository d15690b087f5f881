import { LOBBY, type Locale, type PresenceChange, type Signal } from '@partyline/protocol';
import { roomDeedObjects } from './moderation.ts';
import { texts } from './texts.ts';

/** What a signal is told as, in a language: one object per change of who is there. */
export const signalObjects = (signal: Signal, locale: Locale): readonly object[] => {
  const { room } = signal;
  if (signal.type === 'typing') {
    const { nick: nickname, stopped } = signal;
    return [{ type: 'typing', room, nickname, ...(stopped && { stopped }) }];
  }
  if (signal.type === 'deed') return roomDeedObjects(signal);
  const { changes, moreJoined: joined, moreLeft: left, members, online } = signal;
  const objects: object[] = changes.filter(isTold).map((it) => ({
    type: 'log',
    message: changeText(it, room, locale),
    room,
    change: it.change,
    nickname: it.nick,
    ...(it.change === 'renamed' ? { was: it.was } : {}),
    ...(it.change === 'left' && it.reason !== undefined ? { reason: it.reason } : {}),
    ...(it.change === 'away' && it.text !== undefined ? { text: it.text } : {}),
    online: it.online,
    members,
  }));
  if (joined + left > 0) {
    const message = texts[locale].more(joined, left, online);
    objects.push({ type: 'log', message, room, change: 'more', joined, left, online, members });
  }
  return objects;
};

/** A change that a `log` tells of; who has an account, and is called what, is in lists. */
type Told = Exclude<PresenceChange, { change: 'identified' | 'described' }>;
const isTold = (it: PresenceChange): it is Told =>
  it.change !== 'identified' && it.change !== 'described';

const changeText = (it: Told, room: string, locale: Locale): string => {
  const text = texts[locale];
  if (it.change === 'renamed') return text.renamed(it.was, it.nick, it.online);
  if (it.change === 'away') return text.absent(it.nick, 'away', it.text);
  if (it.change === 'back') return text.back(it.nick);
  const place = room === LOBBY ? text.lobby : text.room(room);
  return text[it.change](it.nick, place, it.online);
};
