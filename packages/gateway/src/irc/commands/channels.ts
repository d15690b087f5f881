import { nickProblem, roomName } from '@partyline/protocol';
import type { Client } from '../client.ts';
import { TARGETS } from '../isupport.ts';
import { channelOf, ircNick, isChannel, nickOf } from '../names.ts';
import { noSuchTarget } from '../refusals.ts';
import { asks, expect, type Handler, lines, nothing, type Reply, together } from '../reply.ts';
import { askNames, enteredRoom, topicLines } from '../room-lines.ts';
import { clipBytes } from '../wire/split.ts';

const listed = (list: string): readonly string[] =>
  [...new Set(list.split(','))].filter((it) => it !== '');

/** A room as the client has it in its list of those it is in. */
const roomIn = (client: Client, target: string): string | undefined => {
  const room = isChannel(target) ? roomName(target) : undefined;
  return typeof room === 'string' && client.rooms.has(room) ? room : undefined;
};

const notIn = (client: Client, target: string): Reply =>
  lines(
    isChannel(target) ? client.numeric('ERR_NOTONCHANNEL', [target]) : noSuchTarget(client, target),
  );

const joinOne = (client: Client, target: string): Reply => {
  if (!isChannel(target)) return lines(client.numeric('ERR_NOSUCHCHANNEL', [target]));
  if (roomIn(client, target) !== undefined) return nothing;
  return asks({
    request: { type: 'join', rooms: [target] },
    about: { command: 'JOIN', target },
    told: (answer) => {
      const it = expect(answer, 'joined');
      return it === undefined ? nothing : enteredRoom(client, it.room);
    },
  });
};

const partOne = (client: Client, target: string, reason: string | undefined): Reply => {
  const room = roomIn(client, target);
  if (room === undefined) return notIn(client, target);
  return asks({
    request: { type: 'part', room, ...(reason !== undefined && { reason }) },
    about: { command: 'PART', target },
    told: () => {
      client.rooms.delete(room);
      const params = [channelOf(room), ...(reason === undefined ? [] : [reason])];
      return lines({ source: client.prefix, command: 'PART', params });
    },
  });
};

/** `JOIN`. Keys are for channels that have some, which ours haven't; `0` leaves all. */
export const join: Handler = (client, { command, params: [list = ''] }) => {
  if (list === '') return lines(client.numeric('ERR_NEEDMOREPARAMS', [command]));
  if (list === '0')
    return together([...client.rooms].map((room) => partOne(client, channelOf(room), undefined)));
  return together(listed(list).map((target) => joinOne(client, target)));
};

export const part: Handler = (client, { params: [list = '', reason] }) =>
  together(listed(list).map((target) => partOne(client, target, reason)));

export const topic: Handler = (client, { command, params: [target = '', text] }) => {
  const room = roomIn(client, target);
  if (room === undefined) return notIn(client, target);
  const about = { command, target };
  // What is set is told to everybody by the log.
  if (text !== undefined) return asks({ request: { type: 'topic', room, text }, about });
  return asks({
    request: { type: 'topic', room },
    about,
    told: (answer) => {
      const it = expect(answer, 'topic');
      const told = it === undefined ? [] : topicLines(client, it);
      return told.length > 0
        ? lines(...told)
        : lines(client.numeric('RPL_NOTOPIC', [channelOf(room)]));
    },
  });
};

export const names: Handler = (client, { params: [list = ''] }) => {
  if (list === '') return lines(client.numeric('RPL_ENDOFNAMES', ['*']));
  const [target = ''] = listed(list);
  const room = roomIn(client, target);
  if (room === undefined) return lines(client.numeric('RPL_ENDOFNAMES', [target || '*']));
  return asks(askNames(client, room));
};

type Listed = { readonly room: string; readonly members: number };

/** A condition of `LIST` (ELIST=MNU): more or fewer people, a name like a mask, or unlike it. */
type Condition = {
  readonly type: 'like' | 'other';
  readonly holds: (room: Listed) => boolean;
};

const maskPattern = (mask: string): RegExp => {
  const parts = mask.split(/([*?])/).map((part) => {
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`, 'iu');
};

/** Stars of one mask: each more costs a comparison its time again. */
const MASK_STARS = 4;

/** What is no condition that can be compared is none. */
const condition = (asked: string): readonly Condition[] => {
  const [, sign, count] = /^([<>])(\d{1,9})$/.exec(asked) ?? [];
  if (sign === '<') return [{ type: 'other', holds: ({ members }) => members < Number(count) }];
  if (sign === '>') return [{ type: 'other', holds: ({ members }) => members > Number(count) }];
  const isUnlike = asked.startsWith('!');
  const mask = asked.replace(/^!/, '').replace(/\*+/g, '*');
  if (mask === '' || mask.split('*').length - 1 > MASK_STARS) return [];
  const pattern = maskPattern(mask);
  return isUnlike
    ? [{ type: 'other', holds: ({ room }) => !pattern.test(channelOf(room)) }]
    : [{ type: 'like', holds: ({ room }) => pattern.test(channelOf(room)) }];
};

/** Whether a room is to be listed: like one of the masks, if there are any, and all else besides. */
const isWanted = (conditions: readonly Condition[], room: Listed): boolean => {
  const masks = conditions.filter((it) => it.type === 'like');
  const others = conditions.filter((it) => it.type === 'other');
  const isLike = masks.length === 0 || masks.some((it) => it.holds(room));
  return isLike && others.every((it) => it.holds(room));
};

/** A topic in a list: what fits beside the longest name. */
const TOPIC_BYTES = 300;

export const list: Handler = (client, { command, params: [asked = ''] }) => {
  const conditions = listed(asked).flatMap(condition);
  return asks({
    request: { type: 'rooms' },
    about: { command },
    told: (answer) => {
      const { rooms = [] } = expect(answer, 'rooms') ?? {};
      const wanted = rooms.filter((room) => isWanted(conditions, room));
      return lines(
        client.numeric('RPL_LISTSTART', ['Channel']),
        ...wanted.map(({ room, members, topic: about = '' }) =>
          client.numericSaying(
            'RPL_LIST',
            [channelOf(room), String(members)],
            clipBytes(about.replaceAll('\n', ' '), TOPIC_BYTES),
          ),
        ),
        client.numeric('RPL_LISTEND'),
      );
    },
  });
};

export const kick: Handler = (client, { command, params: [target = '', whom = '', reason] }) => {
  const room = roomIn(client, target);
  if (room === undefined) return notIn(client, target);
  const nicks = listed(whom);
  if (nicks.length > TARGETS) return lines(client.numeric('ERR_TOOMANYTARGETS', [whom]));
  return asks(
    ...nicks.map((asked) => ({
      request: {
        ...{ type: 'kick' as const, room, nick: nickOf(asked) },
        ...(reason !== undefined && reason !== '' && { reason }),
      },
      about: { command, target: asked },
    })),
  );
};

export const invite: Handler = (client, { command, params: [asked = '', target = ''] }) => {
  const room = roomIn(client, target);
  if (room === undefined) return notIn(client, target);
  const nick = nickOf(asked);
  if (nickProblem(nick) !== undefined) return lines(noSuchTarget(client, asked));
  return asks({
    request: { type: 'invite', room, nick, remove: false },
    about: { command, target: asked },
    told: () => lines(client.numeric('RPL_INVITING', [ircNick(nick), channelOf(room)])),
  });
};
