import { fc } from '@fast-check/vitest';
import type { Card, Command, CommandOf, CommandType, ProbeState, Ref } from '@partyline/protocol';
import { OPERATOR } from '../draft.ts';
import { rules, sessionId, tokenOf } from '../rehearsal.ts';
import type { Task } from '../work.ts';

export const sessions = ['s1', 's2', 's3', 's4'];
export const instances = ['i1', 'i2'];
/** The last one can be taken for the first: its first letter is Cyrillic. */
export const nicks = ['ann', 'ANN', 'bob', 'Eve', '\u0430nn'];
export const rooms = ['lobby', 'Ops', '#den'];

export type Said = {
  readonly type: 'said';
  /** The instance that publishes it. */
  readonly by: string;
  readonly session: string;
  readonly id: string;
  readonly command: Command;
};
export type Step =
  | Said
  | { readonly type: 'task'; readonly task: Task }
  | { readonly type: 'time'; readonly ms: number };

const session = fc.constantFrom(...sessions);
const instance = fc.constantFrom(...instances);
const nick = fc.constantFrom(...nicks);
const room = fc.constantFrom(...rooms);
const place = fc.constantFrom(...rooms, '@bob');
const roomOrAll = fc.oneof(
  { weight: 4, arbitrary: room },
  { weight: 1, arbitrary: fc.constant('*') },
);
const who = fc.constantFrom(...nicks, 'account:bob', '10.0.0.0/8');
const forMs = fc.constantFrom(undefined, 1_000, 5_000);
const text = fc.constantFrom('hi', 'hi @Bob, @eve.', '👍');
const kind = fc.constantFrom(undefined, 'message', 'action', 'notice');
const card: Card = { type: 'dns', report: { name: 'a.example', resolve: [], differences: [] } };
const watched = fc.constantFrom('a.example', 'b.example');
const remove = fc.boolean();
const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 3 }).map((back) => ({ back })),
  nick.map((of) => ({ of })),
  fc.constant({ mine: true as const }),
);
const perhaps = <T>(it: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(it, { nil: undefined });

/** What a command may hold. */
type Held<T extends CommandType> = Omit<CommandOf<T>, 'type'>;
type Made = { readonly weight: number; readonly members: fc.Arbitrary<object> };

/** How often a command comes among others, and what is in it. */
const some = <T extends CommandType>(
  weight: number,
  members: { [M in keyof Held<T>]-?: fc.Arbitrary<Held<T>[M]> },
): Made => ({ weight, members: fc.record(members) });

/** Every command there is; addresses are those that sessions open from. */
const made = (name: string): { readonly [T in CommandType]: Made } => ({
  open: some<'open'>(3, {
    ...{ nick, token: fc.constant(tokenOf(name)), wire: fc.constant('x') },
    rooms: fc.constantFrom(undefined, undefined, ['lobby', 'Ops'], ['#den']),
    address: fc.constant(name === 's1' ? '10.0.0.1' : '192.0.2.1'),
  }),
  resume: some<'resume'>(2, {
    ...{ token: fc.constant(tokenOf(name)), wire: fc.constant('y') },
    address: fc.constantFrom(undefined, '10.0.0.1'),
  }),
  close: some<'close'>(1, {
    reason: fc.constant(undefined),
    resumable: fc.constantFrom(undefined, true),
  }),
  detach: some<'detach'>(1, {}),
  say: some<'say'>(6, {
    ...{ room, text, ref: perhaps(ref) },
    kind,
  }),
  private: some<'private'>(5, { to: nick, text, ref: perhaps(ref), kind }),
  edit: some<'edit'>(2, { room, ref, text }),
  delete: some<'delete'>(2, { room, ref }),
  react: some<'react'>(3, { room, ref, text: fc.constant('👍'), remove }),
  rename: some<'rename'>(2, { nick }),
  away: some<'away'>(1, { text: fc.constant('tea') }),
  back: some<'back'>(1, {}),
  setname: some<'setname'>(1, { realName: fc.constantFrom('', 'Ann Bee') }),
  join: some<'join'>(3, { room }),
  part: some<'part'>(1, { room, reason: fc.constantFrom(undefined, 'tea') }),
  configure: some<'configure'>(2, {
    room,
    visibility: fc.constantFrom(undefined, 'public', 'private', 'private'),
    speak: fc.constantFrom(undefined, 'everyone', 'moderators'),
    ...{ keepMs: fc.constant(undefined), keepCount: fc.constant(undefined) },
  }),
  invite: some<'invite'>(2, { room, nick, remove }),
  mark: some<'mark'>(1, {
    room: fc.constantFrom(...rooms, '@bob'),
    ...{ seq: fc.integer({ min: 0, max: 9 }), at: fc.integer({ min: 0, max: 2_000_000 }) },
  }),
  topic: some<'topic'>(1, { room, text }),
  typing: some<'typing'>(1, { room, stopped: perhaps(fc.constant(true as const)) }),
  invoke: some<'invoke'>(1, { room, name: fc.constant('dns'), args: text }),
  announce: some<'announce'>(1, {
    ...{ room, text, nick: fc.constant('robot') },
    card: fc.constantFrom(undefined, card),
  }),
  upload: some<'upload'>(1, { room: place }),
  share: some<'share'>(2, { room: place, text, card: fc.constantFrom(undefined, card) }),
  watch: some<'watch'>(2, { room, name: watched, types: fc.constant(''), everyMs: forMs }),
  unwatch: some<'unwatch'>(1, { room, name: watched, types: fc.constant('') }),
  watches: some<'watches'>(1, { room }),
  observe: some<'observe'>(3, {
    ...{ room, name: watched, types: fc.constant(''), revision: fc.integer({ min: 0, max: 2 }) },
    state: fc.constantFrom<ProbeState>(
      { findings: [{ result: 'found', records: ['192.0.2.1'] }], differences: [] },
      { findings: [{ result: 'not-found' }], differences: [] },
    ),
    news: fc.constant({ text: 'It has changed.', nick: 'dns' }),
  }),
  kick: some<'kick'>(1, { target: session.map(sessionId), reason: fc.constant(undefined) }),
  remove: some<'remove'>(1, { room, nick, reason: fc.constant('') }),
  ban: some<'ban'>(2, { room: roomOrAll, who, reason: fc.constant(''), forMs }),
  unban: some<'unban'>(1, { room: roomOrAll, who }),
  bans: some<'bans'>(1, { room: roomOrAll }),
  mute: some<'mute'>(2, { room, nick, reason: fc.constant(''), forMs }),
  unmute: some<'unmute'>(1, { room, nick }),
  slow: some<'slow'>(1, { room, ms: fc.constantFrom(0, 1_000) }),
  role: some<'role'>(2, {
    ...{ room: roomOrAll, nick },
    role: fc.constantFrom('operator', 'owner', 'moderator', 'member'),
  }),
});

/** What is optional and has no value is left out, as a wire leaves it out. */
const withoutNothing = (it: object): object =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined));

/** A command of a session, of any type. */
export const commandOf = (name: string): fc.Arbitrary<Command> =>
  fc.oneof(
    ...Object.entries(made(name)).map(([type, { weight, members }]) => ({
      weight,
      arbitrary: members.map((it) => ({ type, ...withoutNothing(it) }) as Command),
    })),
  );

/** The instance that a session is at, unless it resumes elsewhere. */
export const homeOf = (name: string): string => (name === 's1' || name === 's3' ? 'i1' : 'i2');

export const said: fc.Arbitrary<Said> = session.chain((name) =>
  fc.record({
    type: fc.constant('said' as const),
    // Mostly its own; now and then another, which may not, or the operator.
    by: fc.constantFrom(...Array<string>(8).fill(homeOf(name)), ...instances, OPERATOR),
    session: fc.constant(name),
    // Few ids, so that many publishes are repeats.
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    command: commandOf(name),
  }),
);

const hello: fc.Arbitrary<Task> = fc
  .record({ instance, held: fc.subarray(sessions) })
  .map(({ instance: its, held }) => ({
    ...{ type: 'hello', instance: its },
    hello: {
      ...{ kind: its, endpoints: [], commands: ['dns'], rooms: [] },
      sessions: held.map(sessionId),
    },
  }));

/** Accounts are told apart by `accountIn`. */
const accountTask = fc
  .record({
    ...{ name: session, account: fc.constantFrom('0', '1') },
    password: fc.constantFrom('x', 'x', 'x', 'y'),
  })
  .chain(({ name, account, password }) =>
    fc.constantFrom<Task>(
      { type: 'register', session: sessionId(name), account, password },
      { type: 'identify', session: sessionId(name), account, evidence: { password } },
      { type: 'reset', account, password },
      {
        ...{ type: 'login', session: sessionId(name), token: tokenOf(name), account },
        ...{ evidence: { password }, instance: 'i1', wire: 'x', address: null },
      },
    ),
  );

const task: fc.Arbitrary<Task> = fc.oneof(
  { weight: 1, arbitrary: hello },
  { weight: 1, arbitrary: instance.map((it) => ({ type: 'leave' as const, instance: it })) },
  { weight: 2, arbitrary: fc.constantFrom<Task>({ type: 'sweep' }, { type: 'wake' }) },
  { weight: 4, arbitrary: accountTask },
);

/** Whatever can happen to chat-core. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: said },
  { weight: 4, arbitrary: task.map((it) => ({ type: 'task' as const, task: it })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, 1_000, rules.graceMs, rules.leaseMs, rules.resumeMs)
      .map((ms) => ({ type: 'time' as const, ms })),
  },
);

/** A new account has an id of its own; who identifies does so as one that there is. */
export const accountIn = (it: Task, accounts: readonly string[]): Task => {
  if (it.type === 'register') return { ...it, account: `a-${accounts.length}` };
  if (it.type !== 'identify' && it.type !== 'login' && it.type !== 'reset') return it;
  return { ...it, account: accounts[Number(it.account) % accounts.length] ?? 'nobody' };
};
