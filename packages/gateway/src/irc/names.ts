/** What stands behind the `@` of everybody: addresses are nobody's business. */
export const HOST = 'partyline';

/**
 * What gives a nick another meaning in a line or a list of names. People's nicks hold none of it;
 * names that programs say things under may.
 */
const unfit = /[\s,*?!@%:#&~$+]/gu;

/** A nick as IRC has it. `%20` and the like stand for what a line can't carry. */
export const ircNick = (nick: string): string =>
  nick === ''
    ? '%'
    : nick.replace(unfit, (letter) => encodeURIComponent(letter).replace(/^[^%]$/, hex));

const hex = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

/** An account as IRC names it, by the nick that it has registered; a guest has none. */
export const accountName = (accountNick: string | undefined): string =>
  accountNick === undefined ? '*' : ircNick(accountNick);

/** The nick that somebody on IRC means. */
export const nickOf = (asked: string): string => {
  if (!asked.includes('%')) return asked;
  try {
    return decodeURIComponent(asked);
  } catch {
    return asked;
  }
};

/**
 * Who says something, `nick!user@host`. The user is the nick once more, so that a mask that a
 * client makes of user and host still means that person.
 */
export const prefixOf = (nick: string): string => {
  const name = ircNick(nick);
  return `${name}!${name}@${HOST}`;
};

/** A room as a channel. */
export const channelOf = (room: string): string => `#${room}`;

/** Whether a target is meant as a channel. */
export const isChannel = (target: string): boolean => target.startsWith('#');

/** A message's id, from which it is found again: it is made of where it stands in which log. */
export const msgid = (room: string, seq: number): string => `${seq}@${room}`;

/** Where a message with an id stands; undefined when no message has such an id. */
export const placeOf = (
  id: string,
): { readonly room: string; readonly seq: number } | undefined => {
  const [, seq = '', room = ''] = /^([1-9]\d{0,14})@(.+)$/s.exec(id) ?? [];
  return room === '' ? undefined : { room, seq: Number(seq) };
};
