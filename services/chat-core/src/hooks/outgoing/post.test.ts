import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Call, isSigned, startReceiver } from '../../../test/receiver.ts';
import { createMayReach } from './destination.ts';
import { createPost } from './post.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'h_e_1_lobby', body: '{"type":"room.message"}' };
const never = new AbortController().signal;

const answers: Record<string, { status: number; body?: string; headers?: Record<string, string> }> =
  {
    '/hook': { status: 204 },
    '/answer': { status: 200, body: 'tea' },
    '/long': { status: 200, body: 'x'.repeat(200_000) },
    '/away': { status: 503, headers: { 'retry-after': '7' } },
    '/gone': { status: 410 },
    '/moved': { status: 307, headers: { location: '/hook' } },
  };

let receiver: Awaited<ReturnType<typeof startReceiver>>;
const open = createPost(createMayReach(['127.0.0.1']), Date.now);
beforeEach(async () => {
  receiver = await startReceiver(({ path }) => answers[path] ?? { status: 404 });
});
afterEach(() => receiver[Symbol.asyncDispose]());

const call = (path: string) =>
  open({ url: receiver.url.replace('/hook', path), secret }, message, never);

test('sends a message that the receiver can prove to be ours', async () => {
  expect(await call('/hook')).toEqual({ type: 'done', text: '' });
  const [got] = receiver.calls as [Call];
  expect(got).toMatchObject({
    ...{ path: '/hook', body: message.body },
    headers: { 'content-type': 'application/json', 'webhook-id': 'h_e_1_lobby' },
  });
  expect(isSigned(got, secret)).toBe(true);
  expect(isSigned({ ...got, body: `${got.body} ` }, secret)).toBe(false);
});

test('tells what was answered, if it is not too much', async () => {
  expect(await call('/answer')).toEqual({ type: 'done', text: 'tea' });
  expect(await call('/long')).toEqual({ type: 'done', text: undefined });
});

test('fails at anything but success, and follows no redirect', async () => {
  const failed = { type: 'failed', late: false, gone: false, waitMs: 0 };
  expect(await call('/away')).toEqual({
    ...failed,
    ...{ error: 'HTTP status 503', status: 503, waitMs: 7_000 },
  });
  expect(await call('/gone')).toEqual({
    ...failed,
    ...{ error: 'HTTP status 410', status: 410, gone: true },
  });
  expect(await call('/moved')).toEqual({ ...failed, error: 'HTTP status 307', status: 307 });
  expect(receiver.calls.map((it) => it.path)).toEqual(['/away', '/gone', '/moved']);
});

test('fails where nobody answers', async () => {
  await using gone = await startReceiver(() => ({ status: 200 }));
  await gone[Symbol.asyncDispose]().catch(() => {});
  expect(await open({ url: gone.url, secret }, message, never)).toMatchObject({
    ...{ type: 'failed', error: expect.stringContaining('ECONNREFUSED') },
  });
});

test('does not connect to addresses that are closed, by number or by name', async () => {
  await using post = createPost(createMayReach([]), Date.now);
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
    const result = await post(
      { url: `http://${host}:${receiver.port}/hook`, secret },
      message,
      never,
    );
    expect(result).toMatchObject({
      type: 'failed',
      error: expect.stringMatching(/may not call|private/),
    });
  }
  expect(receiver.calls).toEqual([]);
});

test('is broken off', async () => {
  const stop = new AbortController();
  await using silent = await startReceiver(() => new Promise(() => {}));
  const result = open({ url: silent.url, secret }, message, stop.signal);
  while (silent.calls.length === 0) await new Promise(setImmediate);
  stop.abort();
  expect(await result).toMatchObject({ type: 'failed' });
});
