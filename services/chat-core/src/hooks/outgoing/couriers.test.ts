import { fc, test as prop } from '@fast-check/vitest';
import { createLog } from '@partyline/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rehearse } from '../../line/rehearsal.ts';
import type { HookRow } from '../../store/hooks/rows.ts';
import { type Couriers, startCouriers } from './couriers.ts';
import type { Result } from './post.ts';

type Told = { readonly id: string; readonly type: string; readonly data: Record<string, unknown> };

const log = createLog({ service: 'x', instance: 'x', level: 'fatal' }, { write: () => {} });
const failed = (its: Partial<Result> = {}): Result =>
  ({
    ...{ type: 'failed', error: 'HTTP status 503', status: 503, gone: false, waitMs: 0 },
    ...its,
  }) as Result;
const done: Result = { type: 'done', text: '' };

/** Hooks over a line in memory; what they call is told here, and answered as the test says. */
const rehearseHooks = (giveUpMs = 60_000) => {
  const it = rehearse();
  const told: Told[] = [];
  const waits: number[] = [];
  let answer = (_url: string, _message: Told): Result | Promise<Result> => done;
  let couriers: Couriers | undefined;
  let changed = (): void => {};

  const start = async (): Promise<void> => {
    couriers = await startCouriers({
      ...{ line: it.line, read: it.read, epoch: 'e', log, now: () => it.clock.now },
      ...{ giveUpMs, random: () => 0, onSent: () => {}, onHealth: () => {} },
      onRefused: () => {},
      after: (_ms, act) => {
        const timer = setImmediate(act);
        return () => clearImmediate(timer);
      },
      sleep: async (ms, signal) => {
        waits.push(ms);
        it.clock.now += ms;
        await new Promise(setImmediate);
        if (signal.aborted) return;
      },
      post: async ({ url }, { id, body }, signal) => {
        const { type, data } = JSON.parse(body);
        const message = { id, type, data };
        const result = await Promise.race([
          answer(url, message),
          new Promise<Result>((resolve) => {
            signal.addEventListener('abort', () => resolve(failed()));
          }),
        ]);
        if (result.type === 'done') told.push(message);
        changed();
        return result;
      },
    });
  };
  const stop = async (): Promise<void> => {
    await couriers?.[Symbol.asyncDispose]();
    couriers = undefined;
  };
  /** Hands on what was committed, as the line does. */
  const deliver = (): void => couriers?.take(it.told());

  return {
    ...{ it, told, waits, start, stop, deliver },
    answerBy: (by: typeof answer) => {
      answer = by;
    },
    make: async (hook: string, its: Partial<HookRow> = {}) => {
      const row: HookRow = {
        ...{ hook, url: `https://${hook}/`, secret: 'whsec_eA==', rooms: ['*'] },
        ...{ kinds: ['message', 'notice'], createdAt: it.clock.now },
        ...{ failingSince: null, error: null, disabledAt: null },
        ...{ refusals: 0, lastRefusal: null, ...its },
      };
      await it.line.run({ type: 'hook', hook, change: { type: 'make', row } });
      deliver();
    },
    say: async (text: string, room = 'lobby') => {
      await it.say('ann', text, { room });
      deliver();
    },
    /** Waits until something holds. */
    until: async (holds: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await holds()))
        await new Promise<void>((resolve) => {
          changed = resolve;
          setImmediate(resolve);
        });
    },
  };
};

let hooks: ReturnType<typeof rehearseHooks>;
beforeEach(async () => {
  hooks = rehearseHooks();
  await hooks.it.hello('i1');
  await hooks.it.open('ann', { rooms: ['lobby', 'ops', 'den'] });
  await hooks.it.operate({ type: 'configure', room: 'den', visibility: 'private' });
  await hooks.start();
});
afterEach(() => hooks.stop());

const texts = (them: readonly Told[]) => them.map((it) => it.data.text);
const row = async (hook = 'h1') =>
  (await hooks.it.read.hooks.hooks()).find((it) => it.hook === hook);

test('are told what is said from then on, in order, each with an id of its own', async () => {
  await hooks.say('before');
  await hooks.make('h1');
  for (const text of ['one', 'two', 'three']) await hooks.say(text);
  await hooks.say('elsewhere', 'ops');
  await hooks.until(() => hooks.told.length === 4);
  const lobby = hooks.told.filter((it) => it.data.room === 'lobby');
  expect(lobby).toMatchObject([
    { id: 'h1_e_2_lobby', type: 'room.message', data: { seq: 2, text: 'one', nick: 'ann' } },
    { id: 'h1_e_3_lobby', data: { text: 'two' } },
    { id: 'h1_e_4_lobby', data: { text: 'three' } },
  ]);
  expect(new Set(hooks.told.map((it) => it.id)).size).toBe(4);
});

test('are told of no private room but those they name, of no pair, and of the kinds they want', async () => {
  await hooks.make('h1', { rooms: ['*'] });
  await hooks.make('h2', { rooms: ['den', 'lobby'], kinds: ['topic'] });
  await hooks.it.open('bob');
  await hooks.it.ask('ann', { type: 'private', to: 'bob', text: 'psst' });
  await hooks.say('closed', 'den');
  await hooks.it.ask('ann', { type: 'topic', room: 'den', text: 'plans' });
  await hooks.it.ask('ann', { type: 'topic', room: 'lobby', text: 'tea' });
  await hooks.say('open');
  await hooks.until(() => hooks.told.length === 3);
  expect(hooks.told.filter((it) => it.id.startsWith('h1')).map((it) => it.data.text)).toEqual([
    'open',
  ]);
  expect(texts(hooks.told.filter((it) => it.id.startsWith('h2'))).sort()).toEqual(['plans', 'tea']);
});

test('that fail are tried again, later and later, and miss nothing', async () => {
  await hooks.make('h1');
  let failures = 3;
  hooks.answerBy(() => (failures-- > 0 ? failed(failures === 0 ? { waitMs: 30_000 } : {}) : done));
  await hooks.say('one');
  await hooks.say('two');
  await hooks.until(() => hooks.told.length === 2);
  expect(texts(hooks.told)).toEqual(['one', 'two']);
  expect(hooks.waits).toEqual([1_000, 2_000, 30_000]);
  await hooks.until(async () => (await row())?.failingSince === null);
});

test('one that hangs holds no other up', async () => {
  await hooks.make('h1');
  await hooks.make('h2');
  hooks.answerBy((url) => (url === 'https://h1/' ? new Promise(() => {}) : done));
  await hooks.say('one');
  await hooks.say('two');
  await hooks.until(() => hooks.told.length === 2);
  expect(hooks.told.map((it) => it.id)).toEqual(['h2_e_1_lobby', 'h2_e_2_lobby']);
});

test('that nothing reaches for long are given up, which is written down, and go on where they were', async () => {
  await hooks.make('h1');
  hooks.answerBy(() => failed());
  await hooks.say('one');
  await hooks.until(async () => {
    hooks.deliver();
    return (await row())?.disabledAt !== null;
  });
  expect(await row()).toMatchObject({ error: 'HTTP status 503', disabledAt: expect.any(Number) });
  expect((await hooks.it.read.moderation.audit(0, 99)).at(-1)).toMatchObject({
    ...{ deed: 'disable-webhook', by: 'system', target: 'h1', reason: 'HTTP status 503' },
  });
  await hooks.say('two');
  hooks.answerBy(() => done);
  await hooks.it.line.run({ type: 'hook', hook: 'h1', change: { type: 'enable' } });
  hooks.deliver();
  await hooks.until(() => hooks.told.length === 2);
  expect(texts(hooks.told)).toEqual(['one', 'two']);
});

test('that refuse an event again and again are told the next ones, which is written down', async () => {
  await hooks.stop();
  hooks = rehearseHooks(Number.POSITIVE_INFINITY);
  await hooks.it.hello('i1');
  await hooks.it.open('ann', { rooms: ['lobby', 'ops'] });
  await hooks.start();
  await hooks.make('h1');
  const refused = failed({ status: 422, error: 'HTTP status 422' });
  hooks.answerBy((_url, { data }) => (data.text === 'bad' ? refused : done));
  for (const text of ['one', 'bad', 'two']) await hooks.say(text);
  await hooks.say('elsewhere', 'ops');
  await hooks.until(() => texts(hooks.told).includes('two'));
  expect(texts(hooks.told)).toEqual(['one', 'elsewhere', 'two']);
  // As long as of one that is not reached, whatever else arrives meanwhile.
  expect(hooks.waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((it) => it * 1_000));
  await hooks.until(async () => (await row())?.refusals === 1);
  const lastRefusal = { room: 'lobby', seq: 2, error: 'HTTP status 422' };
  expect(await row()).toMatchObject({ lastRefusal, disabledAt: null });
  expect((await hooks.it.read.moderation.audit(0, 99)).at(-1)).toMatchObject({
    ...{ deed: 'refuse-event', by: 'system', target: 'h1', reason: 'HTTP status 422' },
    detail: 'https://h1 lobby 2',
  });
});

test.each([408, 425, 429, 500, 503])(
  'that answer %i are asked as often as it takes',
  async (status) => {
    await hooks.stop();
    hooks = rehearseHooks(Number.POSITIVE_INFINITY);
    await hooks.it.hello('i1');
    await hooks.it.open('ann');
    await hooks.start();
    await hooks.make('h1');
    let tries = 12;
    hooks.answerBy(() => (tries-- > 0 ? failed({ status }) : done));
    await hooks.say('one');
    await hooks.until(() => hooks.told.length === 1);
    expect(texts(hooks.told)).toEqual(['one']);
  },
);

test('that say to be gone are given up at once', async () => {
  await hooks.make('h1');
  hooks.answerBy(() => failed({ gone: true, error: 'HTTP status 410' }));
  await hooks.say('one');
  await hooks.until(async () => (await row())?.disabledAt !== null);
  expect(hooks.waits).toEqual([]);
});

test('are told of what was deleted before they could be told', async () => {
  await hooks.make('h1');
  await hooks.stop();
  for (const text of ['one', 'two', 'three']) await hooks.it.say('ann', text);
  await hooks.it.operate({ type: 'configure', room: 'lobby', keepCount: 1 });
  hooks.it.tables.events.set('lobby', hooks.it.tables.events.get('lobby')?.slice(2) ?? []);
  await hooks.start();
  await hooks.until(() => hooks.told.length === 2);
  expect(hooks.told).toMatchObject([
    { id: 'h1_e_gap1_lobby', type: 'room.gap', data: { room: 'lobby', from: 1, next: 3 } },
    { type: 'room.message', data: { text: 'three' } },
  ]);
});

test('are not told the words of what was taken back while they could not be reached', async () => {
  await hooks.make('h1');
  let isUp = false;
  hooks.answerBy(() => (isUp ? done : failed()));
  await hooks.say('regretted');
  await hooks.until(() => hooks.waits.length > 0);
  await hooks.it.ask('ann', { type: 'delete', room: 'lobby', ref: 1 });
  isUp = true;
  await hooks.until(() => hooks.told.length === 1);
  expect(texts(hooks.told)).toEqual(['']);
});

test('go on after a restart where they were, and are gone when they are dropped', async () => {
  await hooks.make('h1');
  await hooks.say('one');
  await hooks.until(() => hooks.told.length === 1);
  await hooks.stop();
  await hooks.it.say('ann', 'two');
  hooks.it.told();
  await hooks.start();
  await hooks.until(() => hooks.told.length === 2);
  await hooks.it.line.run({ type: 'hook', hook: 'h1', change: { type: 'drop' } });
  hooks.deliver();
  await hooks.say('three');
  await new Promise(setImmediate);
  expect(texts(hooks.told)).toEqual(['one', 'two']);
  expect(await hooks.it.read.hooks.hooks()).toEqual([]);
});

prop.prop(
  {
    said: fc.array(fc.constantFrom('lobby', 'ops'), { minLength: 1, maxLength: 30 }),
    /** Whether each call arrives; and whether its sender hears of it. */
    luck: fc.array(fc.constantFrom('arrives', 'arrives', 'is lost', 'is not confirmed'), {
      maxLength: 40,
    }),
    restarts: fc.uniqueArray(fc.nat(30), { maxLength: 4 }),
  },
  { numRuns: 60 },
)(
  'are told each event at least once, in the order of its room',
  async ({ said, luck, restarts }) => {
    // However long its luck is bad.
    const own = rehearseHooks(Number.POSITIVE_INFINITY);
    const arrived: Told[] = [];
    await own.it.hello('i1');
    await own.it.open('ann', { rooms: ['lobby', 'ops'] });
    await own.start();
    const fates = [...luck];
    own.answerBy((_url, message) => {
      const fate = fates.shift() ?? 'arrives';
      if (fate !== 'is lost') arrived.push(message);
      return fate === 'arrives' ? done : failed();
    });
    await own.make('h1');
    for (const [index, room] of said.entries()) {
      await own.say(`${index}`, room);
      if (!restarts.includes(index)) continue;
      await own.stop();
      await own.start();
    }
    const known = () => new Map(arrived.map((it) => [it.id, it]));
    await own.until(() => known().size === said.length);
    await own.stop();
    for (const room of ['lobby', 'ops']) {
      const inOrder = [...known().values()].filter((it) => it.data.room === room);
      const seqs = inOrder.map((it) => it.data.seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }
  },
);
