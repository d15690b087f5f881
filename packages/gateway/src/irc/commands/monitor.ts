import { nickKey, nickProblem, type PersonInfo } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { MONITORED } from '../isupport.ts';
import { ircNick, nickOf, prefixOf } from '../names.ts';
import type { Numeric } from '../numerics.ts';
import { type Ask, asks, type Handler, lines, nothing, type Reply } from '../reply.ts';
import { listOverhead } from '../room-lines.ts';
import type { Line } from '../wire/line.ts';
import { LINE_BYTES } from '../wire/message.ts';
import { askPeople } from './people.ts';

/** Targets of a list, as many on a line as fit, with commas between them. */
const listed = (client: Client, name: Numeric, targets: readonly string[]): readonly Line[] => {
  const packs: string[] = [];
  for (const target of targets) {
    const last = packs.at(-1);
    const joined = last === undefined ? target : `${last},${target}`;
    const fits = listOverhead(client.nick) + Buffer.byteLength(joined) <= LINE_BYTES;
    if (last !== undefined && fits) packs[packs.length - 1] = joined;
    else packs.push(target);
  }
  return packs.map((pack) => client.numericSaying(name, [], pack));
};

/** Who of those watched is there, and who isn't; only what has changed, unless all is asked for. */
const states = (
  client: Client,
  keys: readonly string[],
  people: readonly PersonInfo[],
  isAsked: boolean,
): readonly Line[] => {
  const here = new Map(people.filter((it) => it.online).map((it) => [nickKey(it.nick), it.nick]));
  const came: string[] = [];
  const went: string[] = [];
  for (const key of keys) {
    const watch = client.monitored.get(key);
    if (watch === undefined) continue;
    const nick = here.get(key);
    const isOnline = nick !== undefined;
    if (watch.isOnline === isOnline && !isAsked) continue;
    client.monitored.set(key, { nick: watch.nick, isOnline });
    if (nick === undefined) went.push(ircNick(watch.nick));
    else came.push(prefixOf(nick));
  }
  return [...listed(client, 'RPL_MONONLINE', came), ...listed(client, 'RPL_MONOFFLINE', went)];
};

const look = (client: Client, keys: readonly string[], isAsked: boolean): Ask =>
  askPeople(
    'MONITOR',
    keys.map((key) => client.monitored.get(key)?.nick ?? ''),
    (people) => states(client, keys, people, isAsked),
  );

/** Looks for everybody whom a client monitors, to tell it who came and went since. */
export const watched = (client: Client): readonly Ask[] =>
  client.monitored.size === 0
    ? []
    : [{ ...look(client, [...client.monitored.keys()], false), refused: () => nothing }];

const add = (client: Client, list: string): Reply => {
  const nicks = list.split(',').filter((it) => it !== '');
  const added: string[] = [];
  for (const [index, asked] of nicks.entries()) {
    const nick = nickOf(asked);
    if (nickProblem(nick) !== undefined) continue;
    const key = nickKey(nick);
    if (client.monitored.size === MONITORED && !client.monitored.has(key)) {
      const rest = nicks.slice(index).join(',');
      const full = client.numeric('ERR_MONLISTFULL', [String(MONITORED), rest]);
      return { lines: [full], asks: added.length === 0 ? [] : [look(client, added, true)] };
    }
    client.monitored.set(key, { nick });
    added.push(key);
  }
  return added.length === 0 ? nothing : asks(look(client, added, true));
};

/** `MONITOR` (https://ircv3.net/specs/extensions/monitor). */
export const monitor: Handler = (client, { command, params: [sub = '', list = ''] }) => {
  const { monitored } = client;
  switch (sub.toUpperCase()) {
    case '+':
      return add(client, list);
    case '-':
      for (const asked of list.split(',')) monitored.delete(nickKey(nickOf(asked)));
      return nothing;
    case 'C':
      monitored.clear();
      return nothing;
    case 'L':
      return lines(
        ...listed(
          client,
          'RPL_MONLIST',
          Array.from(monitored.values(), (it) => ircNick(it.nick)),
        ),
        client.numeric('RPL_ENDOFMONLIST'),
      );
    case 'S':
      return monitored.size === 0 ? nothing : asks(look(client, [...monitored.keys()], true));
    default:
      return lines(client.numeric('ERR_NEEDMOREPARAMS', [command]));
  }
};
