import type { MemberInfo, RoomState } from '@partyline/protocol';
import type { Client } from './client.ts';
import { historyOnJoin } from './history-on-join.ts';
import { markerOnJoin } from './marker-lines.ts';
import { accountName, channelOf, ircNick, prefixOf } from './names.ts';
import { type Ask, expect, lines, type Reply } from './reply.ts';
import type { Line } from './wire/line.ts';
import { LINE_BYTES } from './wire/message.ts';

/** People that a list of a room's members names at most. */
const MEMBERS = 10_000;

/** The mark of a role before a nick, as `PREFIX` has it. */
export const roleMark = ({ role }: { readonly role?: string | undefined }): string =>
  role === 'owner' ? '~' : role === 'moderator' ? '@' : '';

/** Words, as many on a line as fit beside `overhead` bytes. */
export const packed = (words: readonly string[], overhead: number): readonly string[] => {
  const packs: string[] = [];
  let pack = '';
  for (const word of words) {
    if (
      pack !== '' &&
      overhead + Buffer.byteLength(pack) + 1 + Buffer.byteLength(word) > LINE_BYTES
    ) {
      packs.push(pack);
      pack = '';
    }
    pack = pack === '' ? word : `${pack} ${word}`;
  }
  return pack === '' ? packs : [...packs, pack];
};

/** Bytes of a numeric around its list of words: names, spaces, prefix. */
export const listOverhead = (...params: readonly string[]): number =>
  40 + params.reduce((sum, it) => sum + Buffer.byteLength(it) + 1, 0);

const namesLines = (
  client: Client,
  room: string,
  members: readonly MemberInfo[],
): readonly Line[] => {
  const channel = channelOf(room);
  const names = members.map((it) => {
    const nick = client.has('userhost-in-names') ? prefixOf(it.nick) : ircNick(it.nick);
    return `${roleMark(it)}${nick}`;
  });
  return packed(names, listOverhead(client.nick, channel)).map((pack) =>
    client.numericSaying('RPL_NAMREPLY', ['=', channel], pack),
  );
};

/** Asks who is in a room, to list their names. */
export const askNames = (client: Client, room: string): Ask => ({
  request: { type: 'members', room, limit: MEMBERS },
  about: { command: 'NAMES', target: channelOf(room) },
  told: (answer) => {
    const { count = 0, members = [] } = expect(answer, 'members') ?? {};
    const channel = channelOf(room);
    const more = count - members.length;
    return lines(
      ...namesLines(client, room, members),
      client.numeric('RPL_ENDOFNAMES', [channel]),
      ...(more > 0 && members.length > 0
        ? [{ command: 'NOTICE', params: [channel, client.texts.moreMembers(more)] }]
        : []),
    );
  },
  // Who is not in a room is not told who is, nor that there is one.
  refused: () => lines(client.numeric('RPL_ENDOFNAMES', [channelOf(room)])),
});

/** What a room is about, and who said so when; nothing when it is about nothing. */
export const topicLines = (
  client: Client,
  {
    room,
    topic = '',
    topicBy,
    topicAt = 0,
  }: Pick<RoomState, 'room' | 'topic' | 'topicBy' | 'topicAt'>,
): readonly Line[] => {
  const channel = channelOf(room);
  if (topic === '') return [];
  const told = client.numericSaying('RPL_TOPIC', [channel], topic);
  if (topicBy === undefined) return [told];
  const when = String(Math.floor(topicAt / 1_000));
  return [told, client.numeric('RPL_TOPICWHOTIME', [channel, prefixOf(topicBy), when])];
};

/** What a client is told as it comes into a room, and what it is then told of it. */
export const enteredRoom = (client: Client, state: RoomState): Reply => {
  const { room } = state;
  client.came(room);
  const channel = channelOf(room);
  const account = client.stage.at === 'in' ? client.stage.account : undefined;
  return {
    lines: [
      {
        source: client.prefix,
        command: 'JOIN',
        params: client.has('extended-join')
          ? [channel, accountName(account), client.realName ?? client.nick]
          : [channel],
      },
      ...topicLines(client, state),
    ],
    asks: [...markerOnJoin(client, room), askNames(client, room), ...historyOnJoin(client, state)],
  };
};
