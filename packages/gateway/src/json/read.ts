import { limits, type Problem, problem } from '@partyline/protocol';
import { Type } from 'typebox';
import type { Request } from '../request.ts';
import { count, frameType, given, id, name, type Reader, text, whole } from './frame-type.ts';
import { moderationReaders } from './moderation.ts';

/** The number of the event that is meant. */
const seq = whole(1);

/** How many events history tells when it isn't said. */
const HISTORY_EVENTS = 50;
/** And how many a search does. */
const SEARCH_EVENTS = 20;

/** What reads each type that a client may send. */
const readers: Readonly<Record<string, Reader>> = {
  login: frameType({ nickname: text, password: name }, (it) => ({
    type: 'login',
    nick: it.nickname,
    ...given(it, 'password'),
  })),
  resume: frameType(
    {
      token: text,
      cursors: Type.Record(Type.String(), whole(0), {
        description: `{"room": integer 0..${Number.MAX_SAFE_INTEGER}}`,
      }),
      epoch: name,
    },
    (it) => ({ type: 'resume', token: it.token, cursors: it.cursors, ...given(it, 'epoch') }),
  ),
  broadcast: frameType(
    {
      message: text,
      room: name,
      id,
      kind: Type.Optional(
        Type.Enum(['message', 'action'], { description: '"message" | "action"' }),
      ),
      ref: Type.Optional(seq),
    },
    (it) => ({
      type: 'say',
      text: it.message,
      kind: it.kind ?? 'message',
      ...given(it, 'room', 'ref', 'id'),
    }),
  ),
  p2p: frameType({ to: text, message: text, ref: Type.Optional(seq), id }, (it) => ({
    type: 'private',
    to: it.to,
    text: it.message,
    ...given(it, 'ref', 'id'),
  })),
  edit: frameType({ message: text, ref: seq, room: name, id }, (it) => ({
    type: 'edit',
    ref: it.ref,
    text: it.message,
    ...given(it, 'room', 'id'),
  })),
  delete: frameType({ ref: seq, room: name, id }, (it) => ({
    type: 'delete',
    ref: it.ref,
    ...given(it, 'room', 'id'),
  })),
  react: frameType(
    {
      reaction: text,
      ref: seq,
      room: name,
      remove: Type.Optional(Type.Boolean({ description: 'boolean' })),
      id,
    },
    (it) => ({
      type: 'react',
      ref: it.ref,
      reaction: it.reaction,
      ...given(it, 'remove', 'room', 'id'),
    }),
  ),
  rename: frameType({ nickname: text }, (it) => ({ type: 'rename', nick: it.nickname })),
  away: frameType({ text: name }, (it) => ({ type: 'away', ...given(it, 'text') })),
  setname: frameType({ realName: text }, (it) => ({ type: 'setname', realName: it.realName })),
  back: frameType({}, () => ({ type: 'back' })),
  join: frameType({ room: text }, (it) => ({ type: 'join', rooms: [it.room] })),
  part: frameType({ room: name }, (it) => ({ type: 'part', ...given(it, 'room') })),
  topic: frameType({ room: name, text: name }, (it) => ({
    type: 'topic',
    ...given(it, 'room', 'text'),
  })),
  configure: frameType(
    {
      room: name,
      visibility: Type.Optional(
        Type.Enum(['public', 'private'], { description: '"public" | "private"' }),
      ),
      speak: Type.Optional(
        Type.Enum(['everyone', 'moderators'], { description: '"everyone" | "moderators"' }),
      ),
      ...{ keepMs: count(0, limits.keepMs), keepCount: count(0, limits.keepCount) },
    },
    (it) => ({
      type: 'configure',
      settings: given(it, 'visibility', 'speak', 'keepMs', 'keepCount'),
      ...given(it, 'room'),
    }),
  ),
  invite: frameType(
    {
      ...{ nickname: text, room: name },
      remove: Type.Optional(Type.Boolean({ description: 'boolean' })),
    },
    (it) => ({
      ...{ type: 'invite', nick: it.nickname, remove: it.remove ?? false },
      ...given(it, 'room'),
    }),
  ),
  typing: frameType(
    { room: name, stopped: Type.Optional(Type.Boolean({ description: 'boolean' })) },
    (it) => ({ type: 'typing', ...given(it, 'room'), ...(it.stopped && { stopped: true }) }),
  ),
  upload: frameType({ room: name, id }, (it) => ({ type: 'upload', ...given(it, 'room', 'id') })),
  read: frameType({ room: name, seq: whole(0) }, (it) => ({
    ...{ type: 'mark', seq: it.seq },
    ...given(it, 'room'),
  })),
  markers: frameType({}, () => ({ type: 'markers' })),
  list: frameType({ room: name }, (it) => ({ type: 'members', ...given(it, 'room') })),
  rooms: frameType({}, () => ({ type: 'rooms' })),
  history: frameType(
    {
      ...{ room: name, limit: count(1, limits.pageEvents), before: count(1), after: count(0) },
      ...{ around: count(1), at: count(0) },
    },
    (it) => ({
      type: 'history',
      limit: it.limit ?? HISTORY_EVENTS,
      ...given(it, 'room', 'before', 'after', 'around', 'at'),
    }),
  ),
  search: frameType(
    { query: text, room: name, before: count(1), limit: count(1, limits.searchEvents) },
    (it) => ({
      ...{ type: 'search', text: it.query, limit: it.limit ?? SEARCH_EVENTS },
      ...given(it, 'room', 'before'),
    }),
  ),
  register: frameType({ password: text }, (it) => ({ type: 'register', password: it.password })),
  identify: frameType({ nickname: text, password: text }, (it) => ({
    type: 'identify',
    nick: it.nickname,
    password: it.password,
  })),
  certificates: frameType({}, () => ({ type: 'certificates' })),
  certify: frameType({ fingerprint: name }, (it) => ({
    type: 'certify',
    ...given(it, 'fingerprint'),
  })),
  decertify: frameType({ fingerprint: name }, (it) => ({
    type: 'decertify',
    ...given(it, 'fingerprint'),
  })),
  command: frameType({ name: text, args: name, room: name }, (it) => ({
    type: 'invoke',
    name: it.name,
    args: it.args ?? '',
    ...given(it, 'room'),
  })),
  commands: frameType({ room: name }, (it) => ({ type: 'commands', ...given(it, 'room') })),
  ...moderationReaders,
  ping: frameType({ id }, (it) => ({ type: 'ping', ...given(it, 'id') })),
  quit: frameType({}, () => ({ type: 'quit' })),
};

/** Every type that a client may send. */
export const types: readonly string[] = Object.keys(readers);

const typeNames = types.join(', ');

/** How much of an unknown type is told back. */
const QUOTED_CHARACTERS = 64;

export const quoted = (type: unknown): string =>
  (typeof type === 'string' ? type : (JSON.stringify(type) ?? 'undefined')).slice(
    0,
    QUOTED_CHARACTERS,
  );

/** What a frame asks for; a problem that says what would be right; undefined for a blank one. */
export const read = (frame: string): Request | Problem | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    return frame.trim() === '' ? undefined : problem('json-bad');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem('json-bad');
  const type = 'type' in value ? value.type : undefined;
  const request = typeof type === 'string' ? readMembers(type, value) : undefined;
  return request ?? problem('type-unknown', { type: quoted(type), types: typeNames });
};

/** What members ask for as those of a type; undefined when there is no such type. */
export const readMembers = (type: string, members: object): Request | Problem | undefined =>
  Object.hasOwn(readers, type) ? readers[type]?.(members) : undefined;
