import type { PersonInfo } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { TARGETS } from '../isupport.ts';
import { channelOf, HOST, ircNick, nickOf } from '../names.ts';
import { type Ask, asks, expect, type Handler, lines, nothing } from '../reply.ts';
import { listOverhead, packed, roleMark } from '../room-lines.ts';
import { type Line, SERVER } from '../wire/line.ts';
import { clipBytes } from '../wire/split.ts';

/** Nicks that one `ISON` or `USERHOST` asks about. */
const NICKS = 50;

/** Asks who goes by nicks; `tell` says what they are told as. */
export const askPeople = (
  command: string,
  nicks: readonly string[],
  tell: (people: readonly PersonInfo[]) => readonly Line[],
): Ask => ({
  request: { type: 'people', nicks: nicks.map(nickOf) },
  about: { command },
  told: (answer) => lines(...tell(expect(answer, 'people')?.people ?? [])),
});

const same = (asked: string) => {
  const wanted = nickOf(asked).toLowerCase();
  return ({ nick }: PersonInfo): boolean => nick.toLowerCase() === wanted;
};

/** Of those found, the one that was asked for: names are compared more loosely there than here. */
const theOne = (people: readonly PersonInfo[], asked: string): PersonInfo | undefined =>
  people.find(same(asked)) ?? (people.length === 1 ? people[0] : undefined);

const whoisLines = (client: Client, it: PersonInfo, now: number): readonly Line[] => {
  const nick = ircNick(it.nick);
  const places = it.rooms.map(
    (room) => `${roleMark({ role: it.roles?.[room] })}${channelOf(room)}`,
  );
  const channels = packed(places, listOverhead(client.nick, nick));
  return [
    client.numericSaying('RPL_WHOISUSER', [nick, nick, HOST, '*'], it.realName ?? nick),
    ...channels.map((pack) => client.numericSaying('RPL_WHOISCHANNELS', [nick], pack)),
    client.numeric('RPL_WHOISSERVER', [nick, SERVER]),
    ...(it.accountNick === undefined
      ? []
      : [client.numeric('RPL_WHOISACCOUNT', [nick, ircNick(it.accountNick)])]),
    ...(it.away === undefined
      ? []
      : [client.numericSaying('RPL_AWAY', [nick], it.away || client.texts.away)]),
    ...(it.since === undefined || it.spokeAt === undefined
      ? []
      : [
          client.numeric('RPL_WHOISIDLE', [
            nick,
            String(Math.max(0, Math.floor((now - it.spokeAt) / 1_000))),
            String(Math.floor(Math.min(it.since, now) / 1_000)),
          ]),
        ]),
  ];
};

/** `WHOIS [SERVER] NICK{,NICK}`. */
export const whois: Handler = (client, { command, params }, { now }) => {
  const list = (params.length > 1 ? params[1] : params[0]) ?? '';
  const nicks = [...new Set(list.split(','))].filter((it) => it !== '').slice(0, TARGETS);
  if (nicks.length === 0) return lines(client.numeric('ERR_NONICKNAMEGIVEN'));
  return asks(
    ...nicks.map((asked) =>
      askPeople(command, [asked], (people) => {
        const it = theOne(people, asked);
        const found =
          it?.online === true
            ? whoisLines(client, it, now())
            : [client.numeric('ERR_NOSUCHNICK', [asked])];
        return [...found, client.numeric('RPL_ENDOFWHOIS', [asked])];
      }),
    ),
  );
};

/** `WHOWAS`: who left lately, and who registered a nick. */
export const whowas: Handler = (client, { command, params: [asked = ''] }) => {
  if (asked === '') return lines(client.numeric('ERR_NONICKNAMEGIVEN'));
  return asks(
    askPeople(command, [asked], (people) => {
      const it = theOne(people, asked);
      const nick = ircNick(it?.nick ?? asked);
      return [
        ...(it === undefined
          ? [client.numeric('ERR_WASNOSUCHNICK', [asked])]
          : [client.numericSaying('RPL_WHOWASUSER', [nick, nick, HOST, '*'], it.realName ?? nick)]),
        ...(it?.leftAt === undefined
          ? []
          : [
              client.numericSaying(
                'RPL_WHOISSERVER',
                [nick, SERVER],
                new Date(it.leftAt).toUTCString(),
              ),
            ]),
        client.numeric('RPL_ENDOFWHOWAS', [asked]),
      ];
    }),
  );
};

const nicksOf = (params: readonly string[]): readonly string[] =>
  params
    .flatMap((it) => it.split(' '))
    .filter((it) => it !== '')
    .slice(0, NICKS);

export const ison: Handler = (client, { command, params }) =>
  asks(
    askPeople(command, nicksOf(params), (people) => {
      const here = people.filter((it) => it.online).map((it) => ircNick(it.nick));
      return [client.numericSaying('RPL_ISON', [], here.join(' '))];
    }),
  );

/** `USERHOST` tells of five at most (RFC 2812 §4.8). */
export const userhost: Handler = (client, { command, params }) =>
  asks(
    askPeople(command, nicksOf(params).slice(0, 5), (people) => {
      const hosts = people
        .filter((it) => it.online)
        .map((it) => {
          const nick = ircNick(it.nick);
          return `${nick}=${it.away === undefined ? '+' : '-'}${nick}@${HOST}`;
        });
      return [client.numericSaying('RPL_USERHOST', [], hosts.join(' '))];
    }),
  );

export const away: Handler = (client, { command, params: [text = ''] }) =>
  asks({
    request: text === '' ? { type: 'back' } : { type: 'away', text: clipBytes(text, 390) },
    about: { command },
    told: () => lines(client.numeric(text === '' ? 'RPL_UNAWAY' : 'RPL_NOWAWAY')),
  });

/** Says what the client is called besides its nick. */
export const askSetname = (client: Client, realName: string): Ask => ({
  request: { type: 'setname', realName },
  about: { command: 'SETNAME' },
  told: () => {
    client.realName = realName;
    return nothing;
  },
  refused: () =>
    lines(client.fail('SETNAME', 'INVALID_REALNAME', [], client.texts.realNameInvalid)),
});

/** `SETNAME` (https://ircv3.net/specs/extensions/setname). */
export const setname: Handler = (client, { command, params: [name = ''] }) => {
  const ask = askSetname(client, name);
  if (name === '')
    return lines(client.fail(command, 'INVALID_REALNAME', [], client.texts.realNameInvalid));
  return asks({
    ...ask,
    told: (answer) => {
      ask.told?.(answer);
      return client.has('setname')
        ? lines({ source: client.prefix, command, params: [name] })
        : nothing;
    },
  });
};
