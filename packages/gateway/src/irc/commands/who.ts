import { type MemberInfo, roomName } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { channelOf, HOST, ircNick, isChannel, nickOf } from '../names.ts';
import { asks, expect, type Handler, lines } from '../reply.ts';
import { roleMark } from '../room-lines.ts';
import { type Line, SERVER } from '../wire/line.ts';

/** People that one `WHO` lists. */
const MEMBERS = 10_000;

/** What `WHO` tells of somebody: in a room, or of a person alone. */
type Found = Pick<MemberInfo, 'nick' | 'accountNick' | 'realName' | 'away'> & {
  readonly role?: string;
};

const flagsOf = (it: Found): string => `${it.away === undefined ? 'H' : 'G'}${roleMark(it)}`;

const whoLine = (client: Client, it: Found, channel: string): Line => {
  const nick = ircNick(it.nick);
  return client.numericSaying(
    'RPL_WHOREPLY',
    [channel, nick, HOST, SERVER, nick, flagsOf(it)],
    `0 ${it.realName ?? nick}`,
  );
};

/** Fields of `WHOX` in the order in which they are told, whatever order they are asked in. */
const fields: Readonly<Record<string, (it: Found, channel: string, token: string) => string>> = {
  t: (_, __, token) => token,
  c: (_, channel) => channel,
  u: ({ nick }) => ircNick(nick),
  i: () => '255.255.255.255',
  h: () => HOST,
  s: () => SERVER,
  n: ({ nick }) => ircNick(nick),
  f: flagsOf,
  d: () => '0',
  l: () => '0',
  a: ({ accountNick }) => (accountNick === undefined ? '0' : ircNick(accountNick)),
  o: (it) => roleMark(it) || 'n/a',
  r: ({ nick, realName = ircNick(nick) }) => realName,
};

const whoxLine = (
  client: Client,
  it: Found,
  channel: string,
  asked: { readonly fields: string; readonly token: string },
): Line =>
  client.numeric(
    'RPL_WHOSPCRPL',
    Object.entries(fields).flatMap(([name, tell]) =>
      asked.fields.includes(name) ? tell(it, channel, asked.token) : [],
    ),
  );

/** `%FIELDS[,TOKEN]`, a token being three digits at most (https://ircv3.net/specs/extensions/whox). */
const whoxOf = (asked: string) => {
  const [, wanted, token = '0'] = /^[^%]*%([a-z]+)(?:,(\d{1,3}))?/i.exec(asked) ?? [];
  return wanted === undefined ? undefined : { fields: wanted, token };
};

/** `WHO MASK [%FIELDS[,TOKEN]]`; a mask is a channel that the client is in, or a nick. */
export const who: Handler = (client, { command, params: [mask = '', asked = ''] }) => {
  const end = client.numeric('RPL_ENDOFWHO', [mask || '*']);
  const whox = whoxOf(asked);
  const line = (it: Found, channel: string): Line =>
    whox === undefined ? whoLine(client, it, channel) : whoxLine(client, it, channel, whox);
  const about = { command, target: mask };
  if (isChannel(mask)) {
    const room = roomName(mask);
    if (typeof room !== 'string' || !client.rooms.has(room)) return lines(end);
    return asks({
      request: { type: 'members', room, limit: MEMBERS },
      about,
      told: (answer) => {
        const { members = [] } = expect(answer, 'members') ?? {};
        return lines(...members.map((it) => line(it, channelOf(room))), end);
      },
      refused: () => lines(end),
    });
  }
  return asks({
    request: { type: 'people', nicks: /[*?]/.test(mask) ? [] : [nickOf(mask)] },
    about,
    told: (answer) => {
      const { people = [] } = expect(answer, 'people') ?? {};
      return lines(...people.filter((it) => it.online).map((it) => line(it, '*')), end);
    },
  });
};
