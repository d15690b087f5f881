import {
  eventObject,
  type Locale,
  limits,
  type Problem,
  problemText,
  type RoomState,
} from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import { closeReasons } from '../close-reason.ts';
import type { RequestType } from '../request.ts';
import { concernedObject, moderationObject } from './moderation.ts';
import { texts } from './texts.ts';

/** The type of frame that each request came in. */
const frameTypes = {
  login: 'login',
  resume: 'resume',
  say: 'broadcast',
  private: 'p2p',
  edit: 'edit',
  delete: 'delete',
  react: 'react',
  rename: 'rename',
  away: 'away',
  back: 'back',
  setname: 'setname',
  join: 'join',
  part: 'part',
  topic: 'topic',
  configure: 'configure',
  invite: 'invite',
  typing: 'typing',
  upload: 'upload',
  mark: 'read',
  markers: 'markers',
  members: 'list',
  rooms: 'rooms',
  history: 'history',
  search: 'search',
  register: 'register',
  identify: 'identify',
  certificates: 'certificates',
  certify: 'certify',
  decertify: 'decertify',
  invoke: 'command',
  kick: 'kick',
  ban: 'ban',
  unban: 'unban',
  bans: 'bans',
  mute: 'mute',
  unmute: 'unmute',
  slow: 'slow',
  role: 'role',
  commands: 'commands',
  help: 'help',
  ping: 'ping',
  quit: 'quit',
} as const satisfies Record<Exclude<RequestType, Unspoken>, string>;

/** What no frame of this dialect asks for. */
type Unspoken = 'visit' | 'prove' | 'people' | 'monitor' | 'unmonitor' | 'latest' | 'aside';

const isSpoken = (request: RequestType): request is keyof typeof frameTypes =>
  Object.hasOwn(frameTypes, request);

/** The limits that a client is told at login. */
const told = {
  frameBytes: limits.frameBytes,
  textCodePoints: limits.textCodePoints,
  nickCodePoints: limits.nickCodePoints,
  roomCodePoints: limits.roomCodePoints,
  reactionCodePoints: limits.reactionCodePoints,
  idCodePoints: limits.idCodePoints,
  awayCodePoints: limits.awayCodePoints,
  passwordCodePoints: limits.passwordCodePoints,
  reasonCodePoints: limits.reasonCodePoints,
  restraintMs: limits.restraintMs,
  slowMs: limits.slowMs,
  roomsPerSession: limits.roomsPerSession,
  bansPerRoom: limits.bansPerRoom,
  keepMs: limits.keepMs,
  keepCount: limits.keepCount,
  mentions: limits.mentions,
  lastEvents: limits.lastEvents,
  pageEvents: limits.pageEvents,
  searchCodePoints: limits.searchCodePoints,
  searchTerms: limits.searchTerms,
  searchEvents: limits.searchEvents,
};

/** An answer as an object of the json wire, in a language; undefined when the wire has none for it. */
export const answerObject = (answer: Answer, locale: Locale): object | undefined => {
  switch (answer.type) {
    case 'greeting':
    case 'help':
    case 'proven':
    case 'people':
    case 'latest':
    case 'aside':
      return undefined;
    case 'opened':
      return {
        type: 'login',
        success: true,
        message: texts[locale].loggedIn,
        sumUsers: answer.online,
        nickname: answer.nick,
        ...(answer.account !== undefined && { registered: true }),
        session: answer.session,
        resume: answer.token,
        resumed: answer.resumed,
        epoch: answer.epoch,
        limits: told,
        rooms: answer.rooms.map(roomObject),
      };
    case 'refused':
      return refusedObject(answer.problem, answer.request, answer.id, locale);
    case 'published': {
      const { id, room, seq, at } = answer;
      return id === undefined ? undefined : { type: 'ack', id, room, seq, at };
    }
    case 'away':
    case 'back':
    case 'setname':
      return answer;
    case 'absent': {
      const { nick: nickname, reason, text } = answer;
      const message = texts[locale].absent(nickname, reason, text);
      return { type: 'absent', nickname, reason, ...(text !== undefined && { text }), message };
    }
    case 'joined':
      return { type: 'join', ...roomObject(answer.room) };
    case 'parted':
      return { type: 'part', room: answer.room };
    case 'renamed':
      return { type: 'rename', nickname: answer.nick };
    case 'topic':
      return { type: 'topic', room: answer.room, text: answer.topic ?? '' };
    case 'members': {
      const users = answer.members.map(({ nick }) => nick);
      const away = answer.members.flatMap((it) =>
        it.away === undefined ? [] : { nickname: it.nick, text: it.away },
      );
      const { room, count } = answer;
      const members = answer.members.map(({ nick: nickname, accountNick: account, ...it }) => ({
        ...{ nickname, ...(account !== undefined && { account }), ...it },
      }));
      return { type: 'list', room, count, users, members, ...(away.length > 0 && { away }) };
    }
    case 'rooms':
      return {
        type: 'rooms',
        rooms: answer.rooms.map(({ room, members, seq, topic, visibility }) => ({
          ...{ room, members, seq },
          ...(topic !== undefined && { topic }),
          ...(visibility !== undefined && { visibility }),
        })),
      };
    case 'history': {
      const { room, first, head, events, later } = answer;
      return {
        ...{ type: 'history', room, first, head, events: events.map(eventObject) },
        ...(later !== undefined && { later: later.map(eventObject) }),
      };
    }
    case 'search': {
      const { type, room, text, events, next, upTo } = answer;
      return {
        ...{ type, ...(room !== undefined && { room }), query: text },
        events: events.map(eventObject),
        ...(next !== undefined && { next }),
        ...(upTo !== undefined && { upTo }),
      };
    }
    case 'commands':
      return { type: 'commands', room: answer.room, commands: answer.commands };
    case 'marked': {
      const { room, seq, at, peer: nickname } = answer;
      return { type: 'read', room, seq, at, ...(nickname !== undefined && { nickname }) };
    }
    case 'certificates':
      return { type: 'certificates', certificates: answer.certificates };
    case 'markers':
      return { type: 'markers', markers: answer.markers };
    case 'configured': {
      const { room, settings, slowMs, role } = answer;
      return { type: 'configure', room, ...settings, slowMs, role };
    }
    case 'ticket': {
      const { type: _, ...told } = answer;
      return { type: 'upload', ...told };
    }
    case 'invitation': {
      const { room, nick, remove } = answer;
      return { type: 'invite', room, nickname: nick, remove };
    }
    case 'invited':
      return { type: 'invited', room: answer.room, by: answer.by };
    case 'registered':
      return {
        ...{ type: 'registered', nickname: answer.nick },
        ...(answer.changed && { changed: true, ...answer.changed }),
      };
    case 'identified':
      return { type: answer.type, nickname: answer.nick };
    case 'moderated':
    case 'bans':
      return moderationObject(answer);
    case 'concerned':
      return concernedObject(answer);
    case 'pong':
      return answer.id === undefined ? { type: 'pong' } : { type: 'pong', id: answer.id };
    case 'removed':
      return {
        ...{ type: 'part', room: answer.room },
        reason: answer.problem === undefined ? answer.reason : problemText(answer.problem, locale),
        ...(answer.problem !== undefined && { code: answer.problem.code }),
      };
    case 'gap': {
      const { room, from, next, epoch } = answer;
      return { type: 'gap', room, from, next, epoch };
    }
    case 'closing': {
      const { resume, [locale]: why } = closeReasons[answer.reason];
      const { detail } = answer;
      const message = detail === undefined ? why : texts[locale].closing(why, detail);
      return { type: 'close', code: answer.reason, message, resume };
    }
  }
};

const roomObject = ({ room, seq, since, members, topic, role, slowMs }: RoomState): object => ({
  ...{ room, seq, since, members },
  ...(topic !== undefined && { topic }),
  ...(role !== undefined && { role }),
  ...(slowMs !== undefined && { slowMs }),
});

const refusedObject = (
  problem: Problem,
  request: RequestType | undefined,
  ownId: string | undefined,
  locale: Locale,
): object => {
  const { code, params } = problem;
  const message = problemText(problem, locale);
  if (request === 'login' || request === 'resume')
    return { type: 'login', success: false, code, message };
  const id = ownId ?? params?.id;
  const of =
    request === undefined
      ? code === 'member-bad'
        ? params?.type
        : undefined
      : isSpoken(request)
        ? frameTypes[request]
        : undefined;
  return {
    type: 'error',
    code,
    message,
    ...(id === undefined ? {} : { id }),
    ...(of === undefined ? {} : { of }),
  };
};
