import {
  authorOf,
  type Conversation,
  type EventFrame,
  marksOf,
  type SpokenFrame,
  sameNick,
} from '@partyline/client';

const isSpoken = (event: EventFrame): event is SpokenFrame =>
  event.type === 'broadcast' || event.type === 'p2p';

/** What was said last in a conversation by somebody who fits, and is not taken back. */
export const lastSaid = (
  { timeline }: Conversation,
  fits: (nick: string) => boolean,
): SpokenFrame | undefined => {
  const marks = marksOf(timeline.references);
  for (const item of timeline.items.toReversed()) {
    if (item.is !== 'event' || !isSpoken(item.event) || !fits(authorOf(item.event))) continue;
    if (item.event.message !== '' && marks.get(item.event.seq)?.gone !== true) return item.event;
  }
  return undefined;
};

/** Whom a reply is for, and what it says: its first word, when somebody of that nick spoke here. */
export const readReply = (
  open: Conversation,
  words: string,
  me: string,
): { readonly event: SpokenFrame | undefined; readonly text: string } => {
  const [, first = '', rest = ''] = /^(\S+)\s+(.+)$/s.exec(words) ?? [];
  const named = first === '' ? undefined : lastSaid(open, (nick) => sameNick(nick, first));
  if (named !== undefined) return { event: named, text: rest };
  return { event: lastSaid(open, (nick) => !sameNick(nick, me)), text: words };
};
