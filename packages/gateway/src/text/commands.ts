import { limits, type Ref } from '@partyline/protocol';
import type { Request } from '../dialect.ts';
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
  (request: (word: string, rest: string) => Request): Read =>
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

/** Every slash command, in the order that /help lists them. */
export const commands = {
  help: alone({ type: 'help' }),
  nick: one((nick) => ({ type: 'rename', nick })),
  away: (text) => (text === '' ? { type: 'away' } : { type: 'away', text }),
  back: alone({ type: 'back' }),
  msg: two((to, text) => ({ type: 'private', to, text })),
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
  history: (args) => {
    const limit = args === '' ? HISTORY_EVENTS : Number(args);
    const isCount = Number.isInteger(limit) && limit >= 1;
    return isCount ? { type: 'history', limit: Math.min(limit, limits.pageEvents) } : undefined;
  },
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
