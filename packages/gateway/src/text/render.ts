import {
  cleanText,
  type Event,
  LOBBY,
  type PresenceChange,
  type Signal,
  type SignalOf,
  terminalText,
} from '@partyline/protocol';
import type { Texts } from './texts.ts';

/** A text from others as it may stand on a terminal; its lines. */
export const linesOf = (text: string): readonly string[] =>
  terminalText(cleanText(text)).split('\n');

/** The same on one line. */
export const lineOf = (text: string): string => linesOf(text).join(' ');

/** What comes from elsewhere than the lobby says from where. */
const place = (room: string): string => (room === LOBBY ? '' : `#${room} `);

/**
 * The lines that show an event; each line of a long text says who speaks. Who `sent` it to somebody
 * alone is shown to whom.
 */
export const eventLines = (event: Event, texts: Texts, sent = false): readonly string[] => {
  const { room, kind, nick, text, to } = event;
  if (kind === 'topic') {
    const topic = lineOf(text);
    const told = topic === '' ? texts.topicCleared(nick) : texts.topicSet(nick, topic);
    return [place(room) + told];
  }
  // An edit of what is taken back.
  if (kind === 'edit' && text === '') return [];
  const where = to === undefined ? place(room) : `${texts.privately(sent ? to : undefined)} `;
  const who = kind === 'action' ? `* ${nick} ` : `${nick}:`;
  const [first = '', ...others] = linesOf(text);
  return [opening(event, first, texts), ...others.map((line) => who + line)].map(
    (line) => where + line,
  );
};

/** The first line that shows an event, which says what it refers to. */
const opening = (event: Event, line: string, texts: Texts): string => {
  const { kind, nick, ref } = event;
  const quote = event.quote && { ...event.quote, text: lineOf(event.quote.text) };
  switch (kind) {
    case 'edit':
      return texts.edited(nick, quote?.text, line);
    case 'delete':
      return texts.tookBack(nick, quote);
    case 'react':
      return texts.reacted(nick, line, quote);
    case 'unreact':
      return texts.reactedNoMore(nick, line, quote);
    default: {
      if (line === '' && event.text === '') return texts.takenBack(nick);
      const who = kind === 'action' ? `* ${nick}` : nick;
      if (ref === undefined) return kind === 'action' ? `${who} ${line}` : `${who}:${line}`;
      return texts.replied(who, quote, line);
    }
  }
};

/** The lines that show a signal. Who is typing is not told: it would stand in between what is said. */
export const signalLines = (signal: Signal, texts: Texts): readonly string[] => {
  if (signal.type === 'typing') return [];
  if (signal.type === 'deed') return deedLines(signal, texts);
  const { changes, moreJoined, moreLeft, room } = signal;
  const lines = changes.flatMap((change) => changeLine(change, texts) ?? []);
  if (moreJoined + moreLeft > 0) lines.push(texts.more(moreJoined, moreLeft));
  return lines.map((line) => place(room) + line);
};

/** What was done in a room that concerns all who are there. */
const deedLines = ({ room, by, what }: SignalOf<'deed'>, texts: Texts): readonly string[] => {
  switch (what.deed) {
    case 'slow':
      return [place(room) + texts.slowSet(by, what.ms)];
    case 'role':
      return [place(room) + texts.roleGiven(by, what.nick, what.role)];
    case 'configure':
      return [place(room) + texts.roomSet(by), ...texts.settings(room, what.settings)];
    case 'invite':
      // Whoever is invited is told, and comes or doesn't.
      return [];
  }
};

/** The line that shows a change; who has an account, and is called what, is in lists. */
const changeLine = (it: PresenceChange, texts: Texts): string | undefined => {
  switch (it.change) {
    case 'joined':
      return texts.welcome(it.nick);
    case 'left':
      return texts.farewell(it.nick, lineOf(it.reason ?? ''));
    case 'renamed':
      return texts.renamed(it.was, it.nick);
    case 'away':
      return texts.away(it.nick, lineOf(it.text ?? ''));
    case 'back':
      return texts.back(it.nick);
    case 'identified':
    case 'described':
      return undefined;
  }
};
