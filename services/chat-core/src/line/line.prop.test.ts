import { fc, test } from '@fast-check/vitest';
import type { Command, Ref } from '@partyline/protocol';
import { expect } from 'vitest';
import type { Tables } from '../store/memory/tables.ts';
import type { EventRow } from '../store/rows.ts';
import { OPERATOR } from './draft.ts';
import type { Effect } from './effect.ts';
import { rehearse, rules, sessionId, tokenOf } from './rehearsal.ts';
import type { Task } from './work.ts';

const sessions = ['s1', 's2', 's3', 's4'];
const instances = ['i1', 'i2'];
const nicks = ['ann', 'ANN', 'bob', 'Eve'];
const rooms = ['lobby', 'Ops', '#den'];

type Said = { type: 'said'; by: string; session: string; id: string; command: Command };
type Step = Said | { type: 'task'; task: Task } | { type: 'time'; ms: number };

const session = fc.constantFrom(...sessions);
const nick = fc.constantFrom(...nicks);
const room = fc.constantFrom(...rooms);
/** Moderators are at work too; addresses are those that sessions open from. */
const deed: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('remove' as const), room, nick }),
  fc.record({
    ...{ type: fc.constant('ban' as const), room: fc.constantFrom(...rooms, '*') },
    ...{ who: fc.constantFrom(...nicks, 'account:bob', '10.0.0.0/8'), forMs: fc.constant(5_000) },
  }),
  fc.record({ type: fc.constant('mute' as const), room, nick }),
  fc.record({ type: fc.constant('slow' as const), room, ms: fc.constantFrom(0, 1_000) }),
  fc.record({
    ...{ type: fc.constant('role' as const), room, nick },
    role: fc.constantFrom('owner' as const, 'moderator' as const, 'member' as const),
  }),
);

const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 3 }).map((back) => ({ back })),
  nick.map((of) => ({ of })),
  fc.constant({ mine: true as const }),
);
const command = (name: string): fc.Arbitrary<Command> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: nick.map((it) => ({
        type: 'open' as const,
        nick: it,
        token: tokenOf(name),
        wire: 'x',
        address: name === 's1' ? '10.0.0.1' : '192.0.2.1',
      })),
    },
    fc.constant({ type: 'resume' as const, token: tokenOf(name), wire: 'y' }),
    { weight: 4, arbitrary: room.map((it) => ({ type: 'say' as const, room: it, text: 'hi' })) },
    { weight: 3, arbitrary: nick.map((to) => ({ type: 'private' as const, to, text: 'psst' })) },
    {
      weight: 8,
      arbitrary: fc
        .record({ ref, room, to: nick, text: fc.constantFrom('hi @Bob, @eve.', '👍') })
        .chain(({ ref: it, room: where, to, text }) =>
          fc.constantFrom<Command>(
            { type: 'say', room: where, ref: it, text },
            { type: 'private', to, ref: it, text },
            { type: 'edit', room: where, ref: it, text },
            { type: 'delete', room: where, ref: it },
            { type: 'react', room: where, ref: it, text: '👍' },
            { type: 'react', room: where, ref: it, text: '👍', remove: true },
          ),
        ),
    },
    { weight: 2, arbitrary: nick.map((it) => ({ type: 'rename' as const, nick: it })) },
    { weight: 2, arbitrary: room.map((it) => ({ type: 'join' as const, room: it })) },
    room.map((it) => ({ type: 'part' as const, room: it })),
    room.map((it) => ({ type: 'topic' as const, room: it, text: 'about' })),
    fc
      .record({
        room,
        visibility: fc.constantFrom('public' as const, 'private' as const),
        speak: fc.constantFrom('everyone' as const, 'moderators' as const),
      })
      .map((it) => ({ type: 'configure' as const, ...it })),
    {
      weight: 2,
      arbitrary: fc
        .record({ room, nick, remove: fc.boolean() })
        .map((it) => ({ type: 'invite' as const, ...it })),
    },
    fc.constantFrom<Command>(
      { type: 'close' },
      { type: 'detach' },
      { type: 'away', text: 'tea' },
      { type: 'back' },
    ),
    session.map((it) => ({ type: 'kick' as const, target: sessionId(it) })),
    deed,
  );

const said: fc.Arbitrary<Said> = session.chain((name) =>
  fc.record({
    type: fc.constant('said' as const),
    // Now and then it is the operator.
    by: fc.constantFrom(...instances, ...instances, ...instances, OPERATOR),
    session: fc.constant(name),
    // Few ids, so that many publishes are repeats.
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    command: command(name),
  }),
);

const task: fc.Arbitrary<Task> = fc.oneof(
  fc
    .record({ instance: fc.constantFrom(...instances), held: fc.subarray(sessions) })
    .map(({ instance, held }) => ({
      ...{ type: 'hello' as const, instance },
      hello: {
        ...{ kind: instance, endpoints: [], commands: [], rooms: [] },
        sessions: held.map(sessionId),
      },
    })),
  fc.constantFrom(...instances).map((instance) => ({ type: 'leave' as const, instance })),
  fc.constantFrom<Task>({ type: 'sweep' }, { type: 'wake' }),
  {
    weight: 4,
    arbitrary: fc
      .record({ name: session, account: fc.constantFrom('0', '1') })
      .chain(({ name, account }) =>
        fc.constantFrom<Task>(
          { type: 'register', session: sessionId(name), account, password: 'x' },
          { type: 'identify', session: sessionId(name), account },
          {
            ...{ type: 'login', session: sessionId(name), token: tokenOf(name), account },
            ...{ instance: 'i1', wire: 'x', address: null },
          },
        ),
      ),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: said },
  { weight: 4, arbitrary: task.map((it) => ({ type: 'task' as const, task: it })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1, rules.graceMs, rules.leaseMs, rules.resumeMs)
      .map((ms) => ({ type: 'time' as const, ms })),
  },
);

/** Runs the steps, publishes that follow each other in batches; gives what became of them. */
const run = async (steps: readonly Step[], batchSize: number) => {
  const it = rehearse();
  for (const instance of instances) await it.hello(instance);
  const answers: unknown[] = [];
  const effects: Effect[] = [...it.told()];
  const requests: Promise<readonly unknown[]>[] = [];
  const settle = async (): Promise<void> => {
    for (const request of requests.splice(0)) answers.push(...(await request));
    effects.push(...it.told());
    judge(it.tables, effects);
  };
  for (const one of steps) {
    if (one.type === 'said') {
      const { by, session: name, command: what, id } = one;
      requests.push(it.line.publish(by, [it.envelope(name, what, id)]));
      if (requests.length >= batchSize) await settle();
      continue;
    }
    await settle();
    if (one.type === 'time') it.clock.now += one.ms;
    else answers.push(await it.line.run(withAccount(one.task, [...it.tables.accounts.keys()])));
  }
  await settle();
  return { answers, tables: it.tables, effects };
};

/** A new account has an id of its own; who identifies does so as one that there is. */
const withAccount = (it: Task, accounts: readonly string[]): Task => {
  if (it.type === 'register') return { ...it, account: `a-${accounts.length}` };
  if (it.type !== 'identify' && it.type !== 'login') return it;
  return { ...it, account: accounts[Number(it.account) % accounts.length] ?? 'nobody' };
};

/** What must be true after every batch. */
const judge = (tables: Tables, effects: readonly Effect[]): void => {
  const here = [...tables.sessions.values()].filter((it) => it.state !== 'ended');
  const holders = new Map(here.map((it) => [it.person, it.nameKey]));
  // All sessions of a person say the same.
  for (const its of Map.groupBy(here, (it) => it.person).values())
    expect(new Set(its.map((it) => JSON.stringify([it.nick, it.away])))).toHaveProperty('size', 1);
  // One holder a name, one name a person, and nobody's name left behind.
  expect(new Map([...tables.names.values()].map((it) => [it.person, it.nameKey]))).toEqual(holders);
  expect(new Set(holders.values()).size).toBe(holders.size);

  for (const [name, row] of tables.rooms) {
    const log = tables.events.get(name) ?? [];
    expect(log.map((it) => it.seq)).toEqual(log.map((_, index) => index + 1));
    expect(row.seq).toBe(log.length);
    expect(new Set(log.map((it) => `${it.person} ${it.id}`)).size).toBe(log.length);
    judgeReferences(log);
    const inside = here.filter((it) => tables.members.has(`${name}\n${it.session}`));
    expect(row.members).toBe(new Set(inside.map((it) => it.person)).size);
    expect(shownIn(name, effects)).toEqual(
      name.startsWith('~') ? [] : [...new Set(inside.map((it) => it.nick))].sort(),
    );
  }
  for (const { session: id } of tables.members.values())
    expect(here.map((it) => it.session)).toContain(id);
  expect(routes(effects)).toEqual(
    [...tables.members.values()]
      .flatMap(({ room: name, session: id }) => {
        const row = tables.sessions.get(id);
        return row?.state === 'live' ? [`${row.instance} ${name}`] : [];
      })
      .sort(),
  );
};

/** What is true of a log whose events refer to others. */
const judgeReferences = (log: readonly EventRow[]): void => {
  const on = new Map<string, boolean>();
  const gone = new Set(log.flatMap((it) => (it.kind === 'delete' ? (it.ref ?? []) : [])));
  for (const { seq, kind, ref: to, person, session: author, text } of log) {
    const target = to === null ? undefined : log[to - 1];
    if (kind === 'message') expect(text === '').toBe(gone.has(seq));
    if (kind === 'edit') expect(text === '').toBe(gone.has(to ?? 0));
    if (kind === 'message' || kind === 'topic') {
      if (target === undefined) expect(to).toBeNull();
    } else expect(target).toBeDefined();
    if (target === undefined) continue;
    expect(target.seq).toBeLessThan(seq);
    expect(target.kind).toBe('message');
    if (kind === 'edit' || kind === 'delete') expect([person, author]).toContain(target.person);
    if (kind !== 'react' && kind !== 'unreact') continue;
    const key = `${to} ${person} ${text}`;
    expect(on.get(key) ?? false).toBe(kind === 'unreact');
    on.set(key, kind === 'react');
  }
};

/** Who is in a room, as those see it who were told of every change. */
const shownIn = (name: string, effects: readonly Effect[]): string[] => {
  const shown = new Set<string>();
  for (const it of effects) {
    if (it.type !== 'presence' || it.room !== name) continue;
    const { change } = it;
    if (change.change === 'left') expect(shown.delete(change.nick)).toBe(true);
    if (change.change === 'renamed') expect(shown.delete(change.was)).toBe(true);
    if (change.change === 'joined' || change.change === 'renamed') {
      expect(shown).not.toContain(change.nick);
      shown.add(change.nick);
    }
  }
  return [...shown].sort();
};

/** Which instance reads which room, a line for each live session there. */
const routes = (effects: readonly Effect[]): string[] => {
  const lines: string[] = [];
  for (const it of effects) {
    if (it.type !== 'reads') continue;
    const line = `${it.instance} ${it.room}`;
    if (it.by === 1) lines.push(line);
    else expect(lines.splice(lines.indexOf(line), lines.includes(line) ? 1 : 0)).toEqual([line]);
  }
  return lines.sort();
};

test.prop([fc.array(step, { minLength: 10, maxLength: 60 })], { numRuns: 300 })(
  'one holds a name, logs have no holes, nothing is said twice, and all are told the truth',
  async (steps) => {
    await run(steps, 5);
  },
);

test.prop([fc.array(step, { maxLength: 40 }), fc.integer({ min: 2, max: 40 })])(
  'what is decided does not depend on how publishes are batched',
  async (steps, batchSize) => {
    const [one, many] = [await run(steps, 1), await run(steps, batchSize)];
    expect(many.answers).toEqual(one.answers);
    expect(many.tables).toEqual(one.tables);
  },
);

test.prop([fc.array(said, { maxLength: 30 })])(
  'a publish that is repeated gets the receipt that it got',
  async (publishes) => {
    const it = rehearse();
    for (const instance of instances) await it.hello(instance);
    for (const { by, session: name, command: what, id } of publishes) {
      const envelope = it.envelope(name, what, id);
      const [first] = await it.line.publish(by, [envelope]);
      if (first?.type !== 'published') continue;
      expect((await it.line.publish(by, [envelope]))[0]).toEqual(first);
      const isOfOther = what.type === 'react';
      expect(it.tables.events.get(first.room)?.[first.seq - 1]).toMatchObject({
        ...{ at: first.at, ...(!isOfOther && { id }) },
      });
    }
  },
);
