import type { Command, ProbeState } from '@partyline/protocol';
import { BY_SETTINGS, limits } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, rehearse, rules, sessionId } from '../rehearsal.ts';
import { handOutWatches } from './hand-out.ts';

let it: ReturnType<typeof rehearse>;
const key = { room: 'ops', name: 'a.example', types: '' } as const;
const found = (...records: string[]): ProbeState => ({
  findings: [{ type: 'A', server: 'near', result: 'found', records }],
  differences: [],
});
const card = {
  type: 'dns-change',
  change: { name: 'a.example', before: [], after: [], differences: [] },
} as const;

/** dns-probe does something, for a session or by itself. */
const ask = (name: string, command: Command) => it.ask(name, command, { by: 'probe' });
const watch = (name: string, its: { room?: string; name?: string; everyMs?: number } = {}) =>
  ask(name, { type: 'watch', ...key, ...its });
const observe = (revision: number, state: ProbeState) => {
  const text = `now ${JSON.stringify(state.findings)}`;
  const news = { text, nick: 'dns', card };
  return ask('probe', { type: 'observe', ...key, revision, state, news });
};
const events = async () => (await it.read.page('ops', { after: 0, limit: 99 })).events;
const row = () => it.tables.watches.get('ops\na.example\n');
const handOut = () =>
  handOutWatches({
    ...{ line: it.line, read: it.read, attached: it.attached },
    ...{ now: () => it.clock.now, random: () => 0.5 },
  });

beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.line.run({
    ...{ type: 'hello', instance: 'probe' },
    hello: { kind: 'dns-probe', endpoints: [], commands: [], sessions: [], rooms: [] },
  });
  it.attached.add('probe');
  await it.open('ann', { rooms: ['ops'] });
  await it.open('bob', { rooms: ['ops'] });
});

describe('a name', () => {
  test('is watched as whoever runs the room says, wherever their session is held', async () => {
    expect(codeOf(await watch('bob'))).toBe('moderator-needed');
    expect(codeOf(await watch('ann', { room: 'other' }))).toBe('moderator-needed');
    expect(codeOf(await watch('nobody'))).toBe('session-unknown');
    expect(codeOf(await watch('ann'))).toBe('done');
    expect(row()).toMatchObject({ by: 'ann', everyMs: rules.watchMs, revision: 0 });
    expect([...it.tables.moderation.audit.values()]).toMatchObject([
      { deed: 'watch', room: 'ops', target: 'a.example', by: 'ann' },
    ]);
  });

  test('is watched no longer as they say', async () => {
    const { type: _, ...rest } = { type: 'unwatch', ...key };
    expect(codeOf(await ask('ann', { type: 'unwatch', ...rest }))).toBe('watch-unknown');
    await watch('ann');
    expect(codeOf(await ask('bob', { type: 'unwatch', ...rest }))).toBe('moderator-needed');
    expect(codeOf(await ask('ann', { type: 'unwatch', ...rest }))).toBe('done');
    expect(row()).toBeUndefined();
  });

  test('is in the list of its room', async () => {
    await watch('ann', { name: 'b.example', everyMs: 5_000 });
    await watch('ann');
    await it.operate({ type: 'watch', ...key, room: 'other' });
    expect(codeOf(await ask('bob', { type: 'watches', room: 'ops' }))).toBe('moderator-needed');
    expect(await ask('ann', { type: 'watches', room: 'ops' })).toMatchObject({
      room: 'ops',
      watches: [
        { name: 'a.example', by: 'ann', everyMs: rules.watchMs },
        { name: 'b.example', by: 'ann', everyMs: 5_000 },
      ],
    });
  });

  test('is one of a bounded number', async () => {
    for (let i = 0; i < limits.watchesPerRoom; i += 1)
      expect(codeOf(await watch('ann', { name: `n${i}` }))).toBe('done');
    expect(codeOf(await watch('ann'))).toBe('watches-too-many');
    expect(codeOf(await watch('ann', { name: 'n0' }))).toBe('done');
  });

  test('is told to its room when it has changed, once, with a card', async () => {
    await watch('ann');
    for (const records of ['1', '1', '2', '2', '2'])
      await observe(row()?.revision ?? 0, found(records));
    expect(await events()).toMatchObject([
      {
        kind: 'notice',
        nick: 'dns',
        person: 'dns-probe',
        text: expect.stringContaining('2'),
        card,
      },
    ]);
    expect(row()).toMatchObject({ told: found('2'), revision: 2 });
  });

  test('is told once, whoever compared it with what was so before', async () => {
    await watch('ann');
    for (const _ of [1, 2]) await observe(0, found('1'));
    for (const _ of [1, 2]) await observe(1, found('2'));
    for (const _ of [1, 2, 3]) await observe(1, found('2'));
    expect(await events()).toHaveLength(1);
  });

  test('that nobody watches is of no consequence', async () => {
    expect(codeOf(await observe(0, found('1')))).toBe('done');
    expect(row()).toBeUndefined();
  });
});

describe('watched names', () => {
  test('are looked up by one of those who can, each time once, and again after a while', async () => {
    await watch('ann', { everyMs: 10_000 });
    it.told();
    await handOut();
    await handOut();
    expect(it.linesTo('probe')).toEqual([{ type: 'watch', ...key, revision: 0 }]);
    it.clock.now += 9_999;
    await handOut();
    expect(it.linesTo('probe')).toEqual([]);
    for (const _ of [1, 2]) await observe(0, found('1'));
    it.clock.now += 1;
    await handOut();
    expect(it.linesTo('probe')).toEqual([
      { type: 'watch', ...key, revision: 1, state: found('1') },
    ]);
  });

  test('wait while nobody is there to look them up', async () => {
    await watch('ann');
    it.attached.delete('probe');
    await handOut();
    expect(row()?.dueAt).toBe(it.clock.now);
  });

  test('are shared by all who look names up', async () => {
    await it.line.run({
      ...{ type: 'hello', instance: 'probe2' },
      hello: { kind: 'dns-probe', endpoints: [], commands: [], sessions: [], rooms: [] },
    });
    it.attached.add('probe2');
    for (const name of ['a', 'b', 'c', 'd']) await watch('ann', { name });
    it.told();
    await handOut();
    const told = it.told();
    for (const instance of ['probe', 'probe2']) expect(it.linesTo(instance, told)).toHaveLength(2);
  });

  test('are those of the settings, and no longer when they are not among them', async () => {
    await it.line.run({ type: 'deployment', names: ['x', 'y'], room: 'ops' });
    await watch('ann');
    await it.line.run({ type: 'deployment', names: ['y', 'z'], room: 'ops' });
    expect((await it.read.watches.all()).map(({ name, by }) => [name, by])).toEqual([
      ['a.example', 'ann'],
      ['y', BY_SETTINGS],
      ['z', BY_SETTINGS],
    ]);
  });
});

test('a service is told whether who uses its command runs the server', async () => {
  await it.hello('i2', { commands: ['dns'] });
  await it.register('bob');
  await it.operate({ type: 'role', room: '*', nick: 'bob', role: 'operator' });
  for (const name of ['ann', 'bob'])
    await it.ask(name, { type: 'invoke', name: 'dns', args: 'x', room: 'ops' });
  const lines = it.linesTo('i2');
  expect(lines.map((line) => 'operator' in line && line.operator)).toEqual([false, true]);
  expect(lines).toMatchObject([{ session: sessionId('ann') }, { session: sessionId('bob') }]);
});
