import { limits, placeWith, type Ref } from '@partyline/protocol';
import type { Request } from '../request.ts';
import { moderationCommands } from './moderation.ts';
import { readSettings } from './room-settings.ts';

/** Reads what stands after a command's name; undefined when that is not how it is used. */
type Read = (args: string) => Request | undefined;

/** How many events `/history` tells when it isn't said, and `/search` always. */
const HISTORY_EVENTS = 20;

const alone =
  (request: Request): Read =>
  (args) =>
    args === '' ? request : undefined;

/** A command with one word, or with everything after its name when that may hold spaces. */
const one =
  (request: (arg: string) => Request): Read =>
  (args) =>
    args === '' ? undefined : request(args);

/** A command with a word and everything after it. */
const two =
  (request: (word: string, rest: string) => Request | undefined): Read =>
  (args) => {
    const [, word, rest] = /^(\S+)\s+(.+)$/s.exec(args) ?? [];
    return word === undefined || rest === undefined ? undefined : request(word, rest);
  };

/** A command with a reaction, and before it which message is meant, counted back: the last when it isn't said. */
const reacting =
  (request: (ref: Ref, reaction: string) => Request): Read =>
  (args) => {
    const [, back = '1', reaction] = /^(?:([1-9]\d?|100)\s+)?(\S+)$/.exec(args) ?? [];
    return reaction === undefined ? undefined : request({ back: Number(back) }, reaction);
  };

/** `N`, `2023-11-14 22:13Z` (as /history tells times, or the day alone), or both. */
const historyArgs = /^(?:(\d{1,9})(?:\s+(?=\d)|$))?(?:(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)Z?)?)?$/;

const history =
  (place: { readonly room?: string }): Read =>
  (args) => {
    const [, count, day, minute = '00:00'] = historyArgs.exec(args) ?? [undefined, '0'];
    const limit = count === undefined ? HISTORY_EVENTS : Number(count);
    const at = day === undefined ? undefined : Date.parse(`${day}T${minute}Z`);
    if (limit < 1 || Number.isNaN(at)) return undefined;
    return {
      ...{ type: 'history', ...place, limit: Math.min(limit, limits.pageEvents) },
      ...(at !== undefined && { at }),
    };
  };

/** What can be done between two behind `/msg NAME`. */
const privately = (nick: string): Readonly<Record<string, Read>> => {
  const room = placeWith(nick);
  return {
    me: one((text) => ({ type: 'private', to: nick, text, kind: 'action' })),
    reply: one((text) => ({ type: 'private', to: nick, text, ref: { of: nick } })),
    edit: one((text) => ({ type: 'edit', room, ref: { mine: true }, text })),
    delete: alone({ type: 'delete', room, ref: { mine: true } }),
    react: reacting((ref, reaction) => ({ type: 'react', room, ref, reaction })),
    unreact: reacting((ref, reaction) => ({ type: 'react', room, ref, reaction, remove: true })),
    history: history({ room }),
  };
};

/** `NAME TEXT`, where a text that is one of those commands is carried out between the two. */
const readPrivate = two((to, text) => {
  const [, name = '', args = ''] = /^\/(\w+)(?:\s+(.*))?$/s.exec(text) ?? [];
  const readers = privately(to);
  if (!Object.hasOwn(readers, name)) return { type: 'private', to, text };
  return readers[name]?.(args.trim());
});

/** Every slash command, in the order that /help lists them. */
export const commands = {
  help: alone({ type: 'help' }),
  nick: one((nick) => ({ type: 'rename', nick })),
  away: (text) => (text === '' ? { type: 'away' } : { type: 'away', text }),
  back: alone({ type: 'back' }),
  msg: readPrivate,
  reply: two((of, text) => ({ type: 'say', kind: 'message', text, ref: { of } })),
  edit: one((text) => ({ type: 'edit', ref: { mine: true }, text })),
  delete: alone({ type: 'delete', ref: { mine: true } }),
  react: reacting((ref, reaction) => ({ type: 'react', ref, reaction })),
  unreact: reacting((ref, reaction) => ({ type: 'react', ref, reaction, remove: true })),
  me: one((text) => ({ type: 'say', kind: 'action', text })),
  who: (room) => (room === '' ? { type: 'members' } : { type: 'members', room }),
  rooms: alone({ type: 'rooms' }),
  join: one((rooms) => ({ type: 'join', rooms: rooms.split(/\s+/) })),
  part: (room) => (room === '' ? { type: 'part' } : { type: 'part', room }),
  room: (args) => {
    const settings = readSettings(args);
    return settings && { type: 'configure', settings };
  },
  invite: one((nick) => ({ type: 'invite', nick, remove: false })),
  uninvite: one((nick) => ({ type: 'invite', nick, remove: true })),
  topic: (text) => (text === '' ? { type: 'topic' } : { type: 'topic', text }),
  history: history({}),
  search: one((text) => ({ type: 'search', text, limit: HISTORY_EVENTS })),
  register: one((password) => ({ type: 'register', password })),
  identify: two((nick, password) => ({ type: 'identify', nick, password })),
  dns: one((args) => ({ type: 'invoke', name: 'dns', args })),
  ...moderationCommands,
  quit: alone({ type: 'quit' }),
} as const satisfies Record<string, Read>;

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** Whether there is a slash command of that name. */
export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
