import type { Event } from './event.ts';

/** An event as programs are told it, live and in history alike. The first members are those that the oldest programs know, in their order. */
export const eventObject = (event: Event): object => {
  const { room, seq, at, id, kind, nick, text, to } = event;
  const place = { room, seq, at, id };
  const more = { ...(to !== undefined && { to }), ...place, ...referenceMembers(event) };
  switch (kind) {
    case 'topic':
      return { type: 'topic', room, text, nickname: nick, seq, at, id };
    case 'edit':
      return { type: 'edit', nickname: nick, message: text, ...more };
    case 'delete':
      return { type: 'delete', nickname: nick, ...more };
    case 'react':
    case 'unreact':
      return { type: kind, nickname: nick, person: event.person, reaction: text, ...more };
    default: {
      const extra = {
        ...place,
        ...(kind !== 'message' && { kind }),
        ...(event.bot && { bot: true }),
        ...referenceMembers(event),
        ...(event.card !== undefined && { card: event.card }),
      };
      return to === undefined
        ? { type: 'broadcast', nickname: nick, message: text, ...extra }
        : { type: 'p2p', from: nick, to, message: text, ...extra };
    }
  }
};

/** What an event refers to, and whom it mentions. */
const referenceMembers = ({ ref, quote, mentions }: Event): object => ({
  ...(ref !== undefined && { ref }),
  ...(quote !== undefined && { quote: { nickname: quote.nick, message: quote.text } }),
  ...(mentions !== undefined && { mentions }),
});
