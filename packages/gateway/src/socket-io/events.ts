import { isProblem, limits, nickProblem, type Problem, problem } from '@partyline/protocol';
import type { You } from '../dialect.ts';
import { quoted, readMembers, types } from '../json/read.ts';
import type { Request } from '../request.ts';
import { readSlash } from '../slash.ts';
import { type Plan, planned } from './plan.ts';

/** An event that a client may emit. */
type EventEntry = {
  /** The type of json frame that asks for the same. */
  readonly type: string;
  /** The members that arguments are, in their order. An object as an argument is its members. */
  readonly args: readonly string[];
  /** Its text is what somebody typed, who knows no other way to use a slash command. */
  readonly isTyped?: true;
};

/** An event that asks for what no single json frame does. */
type SpecialEntry = Pick<EventEntry, 'args'> & {
  readonly plan: (members: object, you: You | undefined) => Plan | Problem;
};

/** The classic events, and json types that are comfortable with bare arguments. */
const entries: Readonly<Record<string, EventEntry>> = {
  'chat message': { type: 'broadcast', args: ['message', 'id'], isTyped: true },
  'new message': { type: 'broadcast', args: ['message', 'id'], isTyped: true },
  'private message': { type: 'p2p', args: ['to', 'message', 'id'] },
  // Pages tell all kinds of things with it, none of which is a room.
  typing: { type: 'typing', args: [] },
  nickname: { type: 'rename', args: ['nickname'] },
  rename: { type: 'rename', args: ['nickname'] },
  online: { type: 'list', args: ['room'] },
  list: { type: 'list', args: ['room'] },
  join: { type: 'join', args: ['room'] },
  leave: { type: 'part', args: ['room'] },
  part: { type: 'part', args: ['room'] },
  topic: { type: 'topic', args: ['text', 'room'] },
};

const isObject = (it: unknown): it is object =>
  typeof it === 'object' && it !== null && !Array.isArray(it);

/** The members that arguments are. `type` is what a problem calls them. */
const membersOf = (type: string, args: readonly unknown[], names: readonly string[]): object => {
  const positional = args.flatMap((arg, index) => {
    const name = names[index];
    return name === undefined || arg === null || isObject(arg) ? [] : [[name, arg]];
  });
  const members = args.filter(isObject).flatMap((arg) => Object.entries(arg));
  return Object.fromEntries([...positional, ...members, ['type', type]]);
};

/** The first of the named members that is a text. */
const textOf = (members: object, ...names: readonly string[]): string | undefined => {
  const own = new Map(Object.entries(members));
  return names.map((name) => own.get(name)).find((value) => typeof value === 'string');
};

const memberProblem = (type: string, member: string): Problem =>
  problem('member-bad', { type, member, expected: 'string' });

/** What no nick may have becomes `_`, since the page that asks takes any name. */
const asNick = (name: string): string => {
  const trimmed = [...name.trim().replaceAll(/\s+/g, '_')].slice(0, limits.nickCodePoints);
  return trimmed.map((it) => (nickProblem(it)?.code === 'nick-bad' ? '_' : it)).join('');
};

/** Other names that somebody may go by whose name is taken. */
const alternatives = (nick: string): readonly string[] =>
  ['_2', '_3', '_4'].map((suffix) => {
    const room = limits.nickCodePoints - suffix.length;
    return [...nick].slice(0, room).join('') + suffix;
  });

/** Who comes to the classic demo: it knows no refusal, so that somebody else's name becomes another. */
const addUser = (members: object, you: You | undefined): Plan | Problem => {
  const name = textOf(members, 'nickname', 'username');
  if (name === undefined) return memberProblem('add user', 'nickname');
  const nick = asNick(name);
  const names = nick === you?.nick ? [] : [nick, ...alternatives(nick)];
  return {
    tries: names.map((it): Request => ({ type: 'rename', nick: it })),
    passOver: ['nick-taken', 'nick-registered', 'nick-confusable', 'nick-reserved'],
    afterwards: [{ type: 'members', limit: 1 }],
    anyway: true,
  };
};

const logIn = (members: object): Plan | Problem => {
  const nick = textOf(members, 'nickname', 'username');
  if (nick === undefined) return memberProblem('login', 'nickname');
  const password = textOf(members, 'password');
  return planned(
    password === undefined ? { type: 'rename', nick } : { type: 'identify', nick, password },
  );
};

/** With a nickname, under it; else under the one that the client has. */
const register = (members: object, you: You | undefined): Plan | Problem => {
  const password = textOf(members, 'password');
  if (password === undefined) return memberProblem('register', 'password');
  const nick = textOf(members, 'nickname', 'username');
  const request = { type: 'register', password } as const;
  if (nick === undefined || nick === you?.nick) return planned(request);
  return { tries: [{ type: 'rename', nick }], afterwards: [request] };
};

/** Events that ask for more than one thing, or for what depends on who asks. */
const special: Readonly<Record<string, SpecialEntry>> = {
  'add user': { args: ['nickname'], plan: addUser },
  login: { args: ['nickname', 'password'], plan: logIn },
  register: { args: ['nickname', 'password'], plan: register },
  'stop typing': { args: [], plan: () => planned({ type: 'typing', stopped: true }) },
};

/** Types of json frame by which one comes in, which is done by connecting. */
const unspoken = new Set(['login', 'resume']);

/** Every event that a client may emit. */
export const eventNames: readonly string[] = [
  ...new Set([
    ...Object.keys(entries),
    ...Object.keys(special),
    ...types.filter((type) => !unspoken.has(type)),
  ]),
];

/** What an event asks for; a problem that says what would be right. */
export const readEvent = (
  name: string,
  args: readonly unknown[],
  you: You | undefined,
): Plan | Problem => {
  const own = Object.hasOwn(special, name) ? special[name] : undefined;
  if (own !== undefined) return own.plan(membersOf(name, args, own.args), you);
  if (unspoken.has(name)) return unknown(name);
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  const members = membersOf(name, args, entry?.args ?? []);
  const read = readMembers(entry?.type ?? name, members) ?? unknown(name);
  if (isProblem(read)) return read;
  return entry?.isTyped && read.type === 'say' ? talk(read) : planned(read);
};

/** A slash command that somebody serves is used; any other text is said, as what begins like one is. */
const talk = (said: Extract<Request, { type: 'say' }>): Plan => {
  const used = said.kind === 'message' ? readSlash(said.text) : undefined;
  if (used === undefined) return planned(said);
  const room = said.room === undefined ? {} : { room: said.room };
  return { tries: [{ ...used, ...room }, said], passOver: ['command-unserved'] };
};

const unknown = (name: string): Problem =>
  problem('type-unknown', { type: quoted(name), types: eventNames.join(', ') });
