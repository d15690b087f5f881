import { type BanInfo, type RoomSettings, roomName } from '@partyline/protocol';
import type { Request } from '../../request.ts';
import type { Client } from '../client.ts';
import { MODES } from '../isupport.ts';
import { channelOf, ircNick, isChannel, nickOf } from '../names.ts';
import { noSuchTarget } from '../refusals.ts';
import { type Ask, asks, expect, type Handler, lines, type Reply, together } from '../reply.ts';
import type { Line } from '../wire/line.ts';
import { banMask, banSubject, isMute } from './ban-mask.ts';

/** How a room is set, as modes: `n` and `t` are how every room is. */
const modesOf = ({ visibility, speak }: RoomSettings): string =>
  `+${visibility === 'private' ? 'i' : ''}${speak === 'moderators' ? 'm' : ''}n${
    visibility === 'private' ? 's' : ''
  }t`;

/** One mode that is to be set or taken. */
type Change = { readonly add: boolean; readonly mode: string; readonly param?: string };

const takesParam = (mode: string, add: boolean): boolean =>
  'boq'.includes(mode) || (mode === 'f' && add);

/** What a string of modes and their parameters changes. */
const changesOf = (modes: string, params: readonly string[]): readonly Change[] => {
  const rest = [...params];
  let add = true;
  return [...modes].flatMap((mode): Change[] => {
    if (mode === '+' || mode === '-') {
      add = mode === '+';
      return [];
    }
    const param = takesParam(mode, add) ? rest.shift() : undefined;
    return [{ add, mode, ...(param !== undefined && { param }) }];
  });
};

const seconds = (param: string | undefined): number | undefined =>
  param !== undefined && /^\d{1,5}$/.test(param) ? Number(param) * 1_000 : undefined;

const roleOf = ({ add, mode }: Change): 'owner' | 'moderator' | 'member' =>
  add ? (mode === 'q' ? 'owner' : 'moderator') : 'member';

/** What a mode asks for; undefined when there is none such, or its parameter is wrong or missing. */
const requestOf = (room: string, change: Change): Request | undefined => {
  const { add, mode, param } = change;
  switch (mode) {
    case 'i':
    case 's':
      return { type: 'configure', room, settings: { visibility: add ? 'private' : 'public' } };
    case 'm':
      return { type: 'configure', room, settings: { speak: add ? 'moderators' : 'everyone' } };
    case 'o':
    case 'q':
      if (param === undefined) return undefined;
      return { type: 'role', room, nick: nickOf(param), role: roleOf(change) };
    case 'f': {
      const ms = add ? seconds(param) : 0;
      return ms === undefined ? undefined : { type: 'slow', room, ms };
    }
    case 'b': {
      if (param === undefined) return undefined;
      const who = banSubject(param);
      if (isMute(param)) return { type: add ? 'mute' : 'unmute', room, nick: who };
      return { type: add ? 'ban' : 'unban', room, who };
    }
    default:
      return undefined;
  }
};

const modeLine = (client: Client, room: string, { add, mode, param }: Change): Line => ({
  source: client.prefix,
  command: 'MODE',
  params: [channelOf(room), `${add ? '+' : '-'}${mode}`, ...(param === undefined ? [] : [param])],
});

const banLines = (client: Client, channel: string, bans: readonly BanInfo[]): readonly Line[] => [
  ...bans.map(({ who, by, at }) =>
    client.numeric('RPL_BANLIST', [
      ...[channel, banMask(who), ircNick(by)],
      String(Math.floor(at / 1_000)),
    ]),
  ),
  client.numeric('RPL_ENDOFBANLIST', [channel]),
];

const askBans = (client: Client, room: string): Ask => ({
  request: { type: 'bans', room },
  about: { command: 'MODE', target: channelOf(room) },
  told: (answer) => lines(...banLines(client, channelOf(room), expect(answer, 'bans')?.bans ?? [])),
  // Clients ask for it as they join; whoever may not see it is not to be told off for that.
  refused: () => lines(client.numeric('RPL_ENDOFBANLIST', [channelOf(room)])),
});

const change = (client: Client, room: string, it: Change): Reply => {
  const { add, mode, param } = it;
  const channel = channelOf(room);
  if (mode === 'b' && param === undefined) return asks(askBans(client, room));
  // Every room is so, and stays so.
  if (mode === 'n' || mode === 't') return {};
  if (!'bfimoqs'.includes(mode)) return lines(client.numeric('ERR_UNKNOWNMODE', [mode]));
  const request = requestOf(room, it);
  if (request === undefined)
    return takesParam(mode, add) && param === undefined
      ? lines(client.numeric('ERR_NEEDMOREPARAMS', ['MODE']))
      : lines(
          client.numericSaying(
            'ERR_INVALIDMODEPARAM',
            [channel, mode, param || '*'],
            client.texts.modeParam,
          ),
        );
  const target = mode === 'o' || mode === 'q' ? (param ?? channel) : channel;
  return asks({
    request,
    about: { command: 'MODE', target },
    told: () => lines(modeLine(client, room, it)),
  });
};

const channelMode = (client: Client, target: string, modes: string, params: readonly string[]) => {
  const room = roomName(target);
  if (typeof room !== 'string') return lines(client.numeric('ERR_NOSUCHCHANNEL', [target]));
  const about = { command: 'MODE', target };
  if (modes === '')
    return asks({
      request: { type: 'configure', room, settings: {} },
      about,
      told: (answer) => {
        const it = expect(answer, 'configured');
        return it === undefined
          ? {}
          : lines(client.numeric('RPL_CHANNELMODEIS', [channelOf(room), modesOf(it.settings)]));
      },
    });
  const changes = changesOf(modes, params).slice(0, 2 * MODES);
  return together(changes.map((it) => change(client, room, it)));
};

/** A person has no modes that could be set; clients that ask for `+i` at start are let be. */
const userMode = (client: Client, target: string, modes: string): Reply => {
  if (!client.isMe(nickOf(target)))
    return lines(
      modes === '' ? noSuchTarget(client, target) : client.numeric('ERR_USERSDONTMATCH'),
    );
  if (modes === '') return lines(client.numeric('RPL_UMODEIS', ['+']));
  return /^[+-]*[iwxsr+-]*$/.test(modes) ? {} : lines(client.numeric('ERR_UMODEUNKNOWNFLAG'));
};

export const mode: Handler = (client, { params: [target = '', modes = '', ...params] }) =>
  isChannel(target) ? channelMode(client, target, modes, params) : userMode(client, target, modes);
