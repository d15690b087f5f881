import { fc, test as property } from '@fast-check/vitest';
import type { Command, RoomState } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, receipt, rehearse, rules, sessionId } from './rehearsal.ts';

/** Ann, and an account `bob` with nobody there. */
const annAndBob = async () => {
  const it = rehearse();
  await it.hello('i1');
  await it.hello('i2');
  await it.open('bob');
  await it.register('bob');
  await it.ask('bob', { type: 'close' });
  await it.open('ann');
  it.told();
  return it;
};

const pairIn = (outcome: unknown): RoomState | undefined =>
  (outcome as { rooms: RoomState[] }).rooms.find((it) => it.room.startsWith('~'));

let it: Awaited<ReturnType<typeof annAndBob>>;
beforeEach(async () => {
  it = await annAndBob();
});
const write = (text: string, id?: string) =>
  it.ask('ann', { type: 'private', to: 'BOB', text }, id === undefined ? {} : { id });

describe('what is written to an account that is not there', () => {
  test('waits until it comes, with a receipt', async () => {
    expect(await write('one', 'x')).toMatchObject({ type: 'published', seq: 1 });
    expect(await write('one', 'x')).toMatchObject({ type: 'published', seq: 1 });
    await write('two');
    expect(pairIn(await it.login('phone', 'bob'))).toMatchObject({ seq: 2, since: 0 });
  });

  test('goes on waiting when the account only comes to say something', async () => {
    await write('one');
    const quiet = { rooms: ['ops'], quiet: true };
    const opened = await it.login('script', 'bob', 'i1', quiet);
    expect(opened).toMatchObject({ rooms: [{ room: 'ops' }] });
    expect(pairIn(opened)).toBeUndefined();
    await it.ask('script', { type: 'close' });
    expect(pairIn(await it.login('phone', 'bob'))).toMatchObject({ seq: 1, since: 0 });
  });

  test('is addressed to the nick as it is registered', async () => {
    await write('one');
    const event = it.told().find((effect) => effect.type === 'event');
    expect(event).toMatchObject({ event: { to: 'bob', text: 'one' } });
  });

  test('waits for nobody when nobody is registered so', async () => {
    const command = { type: 'private', to: 'zoe', text: 'hi' } as const;
    expect(codeOf(await it.ask('ann', command))).toBe('nick-unknown');
  });

  test('is shown to whoever identifies, told before anything newer', async () => {
    const { room } = receipt(await write('one'), 'published');
    await it.open('guest', { by: 'i2' });
    it.told();
    await it.identify('guest', 'bob');
    await write('two');
    expect(it.linesTo('i2')).toEqual([
      { type: 'entered', session: sessionId('guest'), room, since: 0 },
    ]);
  });

  test('is shown once: neither to the next session, nor to one beside', async () => {
    await write('one');
    await it.login('phone', 'bob');
    expect(pairIn(await it.login('pad', 'bob'))).toBeUndefined();
    await it.ask('phone', { type: 'close' });
    await it.ask('pad', { type: 'close' });
    expect(pairIn(await it.login('desk', 'bob'))).toBeUndefined();
  });

  test('begins where a connection was lost, and a session that goes on misses nothing either', async () => {
    await it.login('phone', 'bob');
    await write('seen');
    await it.ask('phone', { type: 'detach' });
    await write('unseen');
    expect(pairIn(await it.login('pad', 'bob'))).toMatchObject({ seq: 2, since: 1 });
    expect(pairIn(await it.resume('phone'))).toMatchObject({ seq: 2, since: 0 });
  });

  test('is there for a session that comes back after its end', async () => {
    await it.login('phone', 'bob');
    await it.ask('phone', { type: 'detach' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    await write('late');
    expect(pairIn(await it.resume('phone', 'i2'))).toMatchObject({ seq: 1, since: 0 });
  });
});

test('what one session of an account writes reaches its others', async () => {
  await it.login('phone', 'bob');
  await it.login('pad', 'bob', 'i2');
  it.told();
  const { room } = receipt(
    await it.ask('phone', { type: 'private', to: 'ann', text: 'hi' }),
    'published',
  );
  const entered = { type: 'entered', session: sessionId('pad'), room, since: 0 };
  expect(it.linesTo('i2')).toEqual([entered]);
});

type Step = 'write' | 'close' | 'detach' | 'login' | 'sweep';

property.prop([
  fc.array(fc.constantFrom<Step>('write', 'write', 'close', 'detach', 'login', 'sweep'), {
    maxLength: 40,
  }),
])(
  'an account is shown all that is written to it, in order, and nothing once more',
  async (steps) => {
    it = await annAndBob();
    const shown = new Set<number>();
    const live: string[] = [];
    let written = 0;
    let logins = 0;
    const login = async (): Promise<void> => {
      const name = `bob-${logins++}`;
      const pair = pairIn(await it.login(name, 'bob'));
      live.push(name);
      for (let seq = (pair?.since ?? 0) + 1; seq <= (pair?.seq ?? 0); seq += 1) {
        expect([...shown].sort((a, b) => a - b)).toEqual(
          Array.from(shown, (_, index) => index + 1),
        );
        expect(shown).not.toContain(seq);
        shown.add(seq);
      }
    };
    for (const step of steps)
      if (step === 'write') {
        await write('hi');
        written += 1;
        if (live.length > 0) shown.add(written);
      } else if (step === 'login') await login();
      else if (step === 'sweep') {
        it.clock.now += rules.graceMs;
        await it.line.run({ type: 'renew', instances: ['i1'] });
        await it.line.run({ type: 'sweep' });
      } else {
        const name = live.shift();
        const command: Command = { type: step };
        if (name !== undefined) await it.ask(name, command);
      }
    if (live.length === 0) await login();
    expect(shown.size).toBe(written);
  },
);
