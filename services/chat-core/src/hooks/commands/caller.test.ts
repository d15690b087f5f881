import type { Envelope, StreamLine } from '@partyline/protocol';
import { createLog } from '@partyline/service';
import { beforeEach, expect, test } from 'vitest';
import type { Sink } from '../../bus/streams.ts';
import type { Grant } from '../../people/bot.ts';
import type { Result } from '../outgoing/post.ts';
import type { Message } from '../outgoing/signature.ts';
import { type CallerParts, startCaller } from './caller.ts';

const grant: Grant = {
  ...{ bot: 'b-1', nick: 'deployer', use: 'command', scopes: ['say', 'commands'] },
  ...{ rooms: ['ops'], until: null },
};
const command = { name: 'deploy', url: 'https://x/', secret: 'whsec_', about: 'deploys' };
const failed: Result = {
  ...{ type: 'failed', error: 'connect ECONNREFUSED 10.0.0.1', status: undefined },
  ...{ late: false, gone: false, waitMs: 0 },
};

let said: Envelope['command'][];
let called: Message[];
let ran: { readonly type: string }[];
let sinks: Sink[];
let sleeps: (() => void)[];
let answer: (message: Message) => Promise<Result>;
/** What is refused, by its text. */
let refuses: (text: string) => boolean;
let caller: ReturnType<typeof startCaller>;
beforeEach(async () => {
  [said, called, ran, sinks, sleeps] = [[], [], [], [], []];
  answer = async () => ({ type: 'done', text: 'done' });
  refuses = () => false;
  const parts = {
    line: {
      run: async (task: { readonly type: string }) => {
        ran.push(task);
        return task.type === 'attach' ? true : task.type === 'hello' ? [] : undefined;
      },
      publish: async (_: string, [it]: readonly Envelope[]) => {
        if (it?.command.type !== 'announce') throw new Error('not an announcement');
        if (refuses(it.command.text))
          return [
            {
              id: it.id,
              type: 'refused',
              problem: { code: 'text-too-long', message: 'Too long.' },
            },
          ];
        said.push(it.command);
        return [{ id: it.id, type: 'published', room: 'ops', seq: said.length, at: 0 }];
      },
    },
    streams: { ask: (_: string, sink: Sink) => sinks.push(sink), closed: () => true },
    post: (_: unknown, message: Message) => {
      called.push(message);
      return answer(message);
    },
    sleep: () => new Promise<void>((resolve) => sleeps.push(resolve)),
    ...{ locale: 'en', now: () => 0, onSent: () => {} },
    log: createLog({ service: 'x', instance: 'x', level: 'silent' }),
  } as unknown as CallerParts;
  caller = startCaller('b-1.x', grant, command, parts);
  await expect.poll(() => sinks.length).toBe(1);
  return async () => {
    for (const wake of sleeps) wake();
    const stopped = caller.stop();
    await stopped;
  };
});

const use = (id: string): void => {
  const line: StreamLine = {
    ...{ type: 'invocation', id, name: 'deploy', args: 'api', room: 'ops' },
    ...{ session: 's1', nick: 'ann', accountNick: 'Ann' },
  };
  sinks.at(-1)?.write(`{"type":"heartbeat","at":1}\n${JSON.stringify(line)}\n`);
};
const saying = (text: string) => ({ type: 'announce', room: 'ops', nick: 'deployer', text });

test('says on the bus what it serves, and calls the URL with who used it', async () => {
  expect(ran).toMatchObject([
    { type: 'hello', hello: { commands: [{ name: 'deploy', about: 'deploys' }] } },
    { type: 'attach' },
  ]);
  use('i.1');
  await expect.poll(() => said).toEqual([saying('done')]);
  const [{ id, body }] = called as [Message];
  expect(id).toBe('b-1_s1_i%2E1');
  expect(JSON.parse(body)).toEqual({
    type: 'command',
    timestamp: '1970-01-01T00:00:00.000Z',
    data: {
      ...{ id: 'i.1', name: 'deploy', args: 'api', room: 'ops' },
      ...{ session: 's1', nick: 'ann', accountNick: 'Ann' },
    },
  });
});

test.each([
  ['late', { ...failed, late: true }, 'No answer to /deploy came within 15 seconds.'],
  ['not reached', failed, '/deploy failed: whatever serves it was not reached, or refused.'],
  [
    'answered with more than can be read',
    { type: 'done', text: undefined } as const,
    '/deploy failed: whatever serves it was not reached, or refused.',
  ],
])('whoever used it is told when it is %s, and nobody where that is', async (_, result, text) => {
  answer = async () => result;
  use('1');
  await expect.poll(() => said).toEqual([saying(`@ann ${text}`)]);
});

test('whoever used it is told why the answer can not be said', async () => {
  refuses = (text) => text === 'done';
  use('1');
  await expect.poll(() => said).toMatchObject([{ text: expect.stringMatching(/^@ann ./) }]);
});

test('more calls at once than may wait are refused, until some are answered', async () => {
  const waiting: ((result: Result) => void)[] = [];
  answer = () => new Promise((resolve) => waiting.push(resolve));
  for (let n = 0; n < 17; n += 1) use(`${n}`);
  await expect
    .poll(() => said)
    .toEqual([saying('@ann Too many wait for /deploy. Try again in a moment.')]);
  expect(called).toHaveLength(16);
  for (const resolve of waiting) resolve({ type: 'done', text: '' });
  await expect
    .poll(() => {
      use('again');
      return called.length;
    })
    .toBeGreaterThan(16);
});

test('serves again when its stream ended, and says that it goes when it is stopped', async () => {
  sinks[0]?.end();
  await expect.poll(() => sleeps.length).toBe(1);
  sleeps[0]?.();
  await expect.poll(() => sinks.length).toBe(2);
  await caller.stop();
  expect(ran.at(-1)).toMatchObject({ type: 'leave', instance: 'b-1.x' });
});
