import { limits } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { lines, simulate } from './simulation.ts';

const answers = (it: { lines: readonly string[] }, type: string) =>
  it.lines
    .filter((line) => line.startsWith(`${type} `))
    .map((line) => JSON.parse(line.slice(type.length + 1)));

/** What a client's requests are published as, and how it is answered. */
const ask = async (...requests: object[]) => {
  const { clock, line, enter } = simulate();
  const ada = await enter('ada', lines().dialect);
  const before = line.published.length;
  ada.send(...requests.map((it) => JSON.stringify(it)));
  await clock.settle();
  return { ada, commands: line.published.slice(before).map((it) => it.command) };
};

test('a deed is done in the room that is talked in, in another, or everywhere', async () => {
  const { ada, commands } = await ask(
    { type: 'kick', nick: 'bob', reason: 'loud' },
    { type: 'ban', who: 'bob', room: '#Ops', forMs: 5_000 },
    { type: 'ban', who: '192.0.2.0/24', room: '*' },
    { type: 'slow', ms: 1_000, room: 'no room' },
  );
  expect(commands).toEqual([
    { type: 'remove', room: 'lobby', nick: 'bob', reason: 'loud' },
    { type: 'ban', room: 'ops', who: 'bob', forMs: 5_000 },
    { type: 'ban', room: '*', who: '192.0.2.0/24' },
  ]);
  expect(answers(ada, 'moderated').map((it) => it.deed.room)).toEqual(['lobby', 'ops', '*']);
  expect(answers(ada, 'refused')).toMatchObject([{ problem: { code: 'room-bad' } }]);
});

test('what chat-core could not take is refused or cut before it is asked', async () => {
  const { ada, commands } = await ask(
    { type: 'mute', nick: 'x'.repeat(500) },
    { type: 'unban', who: 'x'.repeat(500) },
    { type: 'kick', nick: 'bob', reason: '😀'.repeat(1_000) },
  );
  expect(answers(ada, 'refused').map((it) => it.problem.code)).toEqual(['nick-unknown', 'ban-bad']);
  expect(commands).toEqual([
    { type: 'remove', room: 'lobby', nick: 'bob', reason: '😀'.repeat(limits.reasonCodePoints) },
  ]);
});

test('bans are listed', async () => {
  const { ada } = await ask({ type: 'bans' });
  expect(answers(ada, 'bans')).toEqual([{ type: 'bans', room: 'lobby', count: 0, bans: [] }]);
});

test('a deed is told to who is concerned, and to the room but for those it leaves out', async () => {
  const { clock, gateway, enter } = simulate();
  const { dialect } = lines();
  const [ada, bob, eve] = [
    await enter('ada', dialect),
    await enter('bob', dialect),
    await enter('eve', dialect),
  ];
  const [adaId = '', bobId = ''] = gateway.sessions();
  const what = { deed: 'role', role: 'moderator' } as const;
  const [by, room] = ['ada', 'lobby'];
  gateway.take([
    { type: 'concerned', session: bobId, room, by, what },
    {
      type: 'signal',
      signal: {
        ...{ type: 'deed', room, by, except: [adaId, bobId] },
        what: { ...what, nick: 'bob' },
      },
    },
  ]);
  await clock.settle();
  expect(answers(bob, 'concerned')).toEqual([{ type: 'concerned', room, nick: 'bob', by, what }]);
  const told = (it: typeof ada) => it.lines.filter((line) => line.startsWith('deed '));
  expect([ada, bob, eve].map((it) => told(it).length)).toEqual([0, 0, 1]);
});
