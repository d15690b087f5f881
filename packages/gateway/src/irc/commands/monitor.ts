import { nickKey, nickProblem, type PersonInfo } from '@partyline/protocol';
import type { Client, Monitored } from '../client.ts';
import { MONITORED } from '../isupport.ts';
import { ircNick, nickOf, prefixOf } from '../names.ts';
import type { Numeric } from '../numerics.ts';
import { type Ask, asks, expect, type Handler, lines, nothing, type Reply } from '../reply.ts';
import { listOverhead } from '../room-lines.ts';
import type { Line } from '../wire/line.ts';
import { LINE_BYTES } from '../wire/message.ts';

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

const told = (client: Client, online: readonly string[], offline: readonly string[]) => [
  ...listed(client, 'RPL_MONONLINE', online.map(prefixOf)),
  ...listed(client, 'RPL_MONOFFLINE', offline.map(ircNick)),
];

/** Notes who is there, under which nick, and who isn't; gives those of whom the client knew otherwise. */
const note = (
  { monitored }: Client,
  keys: readonly string[],
  here: ReadonlyMap<string, string>,
): readonly Monitored[] =>
  keys.flatMap((key) => {
    const was = monitored.get(key);
    if (was === undefined) return [];
    const nick = here.get(key);
    const now = { nick: nick ?? was.nick, isOnline: nick !== undefined };
    monitored.set(key, now);
    return was.isOnline === now.isOnline ? [] : now;
  });

const stateLines = (client: Client, them: readonly Monitored[]): readonly Line[] =>
  told(
    client,
    them.flatMap((it) => (it.isOnline ? it.nick : [])),
    them.flatMap((it) => (it.isOnline ? [] : it.nick)),
  );

/** Of those whom a client monitors, some came, by their nicks, and some went, by the keys of them. */
export const monitoredLines = (
  client: Client,
  came: readonly string[],
  went: readonly string[],
): readonly Line[] => {
  const here = new Map(came.map((nick) => [nickKey(nick), nick]));
  return stateLines(client, note(client, [...went, ...here.keys()], here));
};

/**
 * Asks who of these is there. Who came or went while it was asked is known better already, and isn't
 * told again.
 */
const look = (client: Client, keys: readonly string[], type: 'monitor' | 'people'): Ask => {
  const before = new Map(keys.map((key) => [key, client.monitored.get(key)]));
  return {
    request: { type, nicks: keys.map((key) => before.get(key)?.nick ?? '') },
    about: { command: 'MONITOR' },
    told: (answer) => {
      const people: readonly PersonInfo[] = expect(answer, 'people')?.people ?? [];
      const here = new Map(
        people.filter((it) => it.online).map((it) => [nickKey(it.nick), it.nick]),
      );
      const unchanged = keys.filter((key) => client.monitored.get(key) === before.get(key));
      return lines(...stateLines(client, note(client, unchanged, here)));
    },
  };
};

/** Looks for all again, since word of them may have been lost. */
export const lookAgain = (client: Client): readonly Ask[] =>
  client.monitored.size === 0
    ? []
    : [{ ...look(client, [...client.monitored.keys()], 'people'), refused: () => nothing }];

const add = (client: Client, list: string): Reply => {
  const { monitored } = client;
  const nicks = list.split(',').filter((it) => it !== '');
  const added: string[] = [];
  const full: Line[] = [];
  for (const [index, asked] of nicks.entries()) {
    const nick = nickOf(asked);
    if (nickProblem(nick) !== undefined) continue;
    const key = nickKey(nick);
    if (monitored.size === MONITORED && !monitored.has(key)) {
      full.push(
        client.numeric('ERR_MONLISTFULL', [String(MONITORED), nicks.slice(index).join(',')]),
      );
      break;
    }
    // Anew: who is asked for is told of, whatever was told before.
    monitored.set(key, { nick });
    added.push(key);
  }
  return { lines: full, asks: added.length === 0 ? [] : [look(client, added, 'monitor')] };
};

const remove = (client: Client, keys: readonly string[]): Reply => {
  const nicks = keys.flatMap((key) => client.monitored.get(key)?.nick ?? []);
  for (const key of keys) client.monitored.delete(key);
  return asks({ request: { type: 'unmonitor', nicks }, about: { command: 'MONITOR' } });
};

/** `MONITOR` (https://ircv3.net/specs/extensions/monitor). */
export const monitor: Handler = (client, { command, params: [sub = '', list = ''] }) => {
  const { monitored } = client;
  switch (sub.toUpperCase()) {
    case '+':
      return add(client, list);
    case '-':
      return remove(
        client,
        list.split(',').map((asked) => nickKey(nickOf(asked))),
      );
    case 'C':
      return remove(client, [...monitored.keys()]);
    case 'L': {
      const nicks = Array.from(monitored.values(), (it) => ircNick(it.nick));
      return lines(...listed(client, 'RPL_MONLIST', nicks), client.numeric('RPL_ENDOFMONLIST'));
    }
    case 'S':
      return lines(...stateLines(client, [...monitored.values()]));
    default:
      return lines(client.numeric('ERR_NEEDMOREPARAMS', [command]));
  }
};
