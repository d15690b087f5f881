import { afterEach, beforeEach, expect, test } from 'vitest';
import { envelope, openOf, sayOf, startTestCore } from './core.ts';
import { follow, type Line, openLines } from './lines.ts';

let core: Awaited<ReturnType<typeof startTestCore>>;
let cleanup: AsyncDisposableStack;
beforeEach(async () => {
  cleanup = new AsyncDisposableStack();
  core = cleanup.use(await startTestCore());
  await core.hello('i1');
  await core.publish('i1', [openOf('ann')]);
});
afterEach(() => cleanup.disposeAsync());

const followed = async (path: string) => {
  const stream = await follow(core.adminPort, path);
  cleanup.defer(async () => void stream.close());
  return stream;
};
const seqOf = ({ event }: Line): number | undefined => event?.seq;

test('a room is followed from a number on: what the log has, then what is said, each once', async () => {
  await core.publish('i1', [sayOf('ann', '1'), sayOf('ann', '2'), sayOf('ann', '3')]);
  const stream = await followed('/v1/rooms/lobby/events?watch=1&after=1');
  expect([stream.status, stream.type]).toEqual([200, 'application/x-ndjson']);
  const saying = core.publish(
    'i1',
    Array.from({ length: 200 }, (_, index) => sayOf('ann', `more-${index}`)),
  );
  const lines = await stream.until((it) => seqOf(it) === 203);
  await saying;
  expect(lines[0]).toMatchObject({ type: 'begin', room: 'lobby', after: 1 });
  const seqs = lines.flatMap((it) => seqOf(it) ?? []);
  expect(seqs).toEqual(Array.from({ length: 202 }, (_, index) => index + 2));
});

test('without a number a room is followed from now on', async () => {
  await core.publish('i1', [sayOf('ann', '1')]);
  const stream = await followed('/v1/rooms/lobby/events?watch=1');
  await stream.until((it) => it.type === 'begin');
  await core.publish('i1', [sayOf('ann', '2', 'new')]);
  const [said] = await stream.until((it) => it.type === 'event');
  expect(said).toMatchObject({ event: { seq: 2, text: 'new' } });
});

test('what is kept no longer, and another log, are told as gaps', async () => {
  await core.order('PATCH', '/v1/rooms/lobby', { keepCount: 1 });
  await core.publish(
    'i1',
    Array.from({ length: 5 }, (_, index) => sayOf('ann', `${index}`)),
  );
  await expect
    .poll(async () => (await core.order('GET', '/v1/rooms/lobby/events')).json.first, {
      timeout: 20_000,
    })
    .toBe(5);
  const trimmed = await followed('/v1/rooms/lobby/events?watch=1&after=2');
  const [, gap, event] = await trimmed.until((it) => it.type === 'event');
  expect([gap, seqOf(event as Line)]).toEqual([{ type: 'gap', after: 2, next: 5 }, 5]);
  const other = await followed('/v1/rooms/lobby/events?watch=1&after=4&epoch=another');
  const [begin, ...rest] = await other.until((it) => it.type === 'event');
  expect(begin).toMatchObject({ type: 'begin', after: 0, head: 5 });
  expect(rest[0]).toMatchObject({ type: 'gap', after: 0 });
});

test('a reader that stands still holds nobody up, and is told all of it when it reads again', async () => {
  const stalled = await openLines(core.adminPort, '/v1/rooms/lobby/events?watch=1&after=0');
  cleanup.defer(async () => void stalled.destroy());
  stalled.pause();
  const brisk = await followed('/v1/rooms/lobby/events?watch=1&after=0');
  // Far more than sockets hold.
  const [rounds, each] = [40, 50];
  const text = 'x'.repeat(7_000);
  for (let round = 0; round < rounds; round += 1)
    await core.publish(
      'i1',
      Array.from({ length: each }, (_, index) => sayOf('ann', `${round}-${index}`, text)),
    );
  const all = Array.from({ length: rounds * each }, (_, index) => index + 1);
  const lines = await brisk.until((it) => seqOf(it) === all.length);
  expect(lines.flatMap((it) => seqOf(it) ?? [])).toEqual(all);

  let read = '';
  let isWhole = (): void => {};
  const whole = new Promise<void>((resolve) => {
    isWhole = resolve;
  });
  stalled.setEncoding('utf8').on('data', (chunk: string) => {
    read += chunk;
    if (read.includes(`"seq":${all.length},`) && read.endsWith('\n')) isWhole();
  });
  stalled.resume();
  await whole;
  const told = read.trim().split('\n');
  const seqs = told.flatMap((it) => seqOf(JSON.parse(it)) ?? []);
  expect(seqs).toEqual(all);
});

test('sessions are followed: those that are there, then how each changes, and that it is gone', async () => {
  const stream = await followed('/v1/sessions?watch=1');
  const [begin, ann] = await stream.until((it) => it.type === 'session');
  expect(begin).toEqual({ type: 'begin', sessions: 1 });
  expect(ann).toMatchObject({ session: { nick: 'ann', state: 'live', rooms: ['lobby'] } });
  await core.publish('i1', [openOf('bob')]);
  const came = await stream.until((it) => it.type === 'session');
  expect(came.at(-1)).toMatchObject({ session: { nick: 'bob' } });
  await core.publish('i1', [envelope('bob', 'n', { type: 'rename', nick: 'bobby' })]);
  const renamed = await stream.until((it) => it.type === 'session');
  expect(renamed.at(-1)).toMatchObject({ session: { nick: 'bobby' } });
  await core.order('POST', `/v1/sessions/${'bob'.padEnd(16, '-')}/kick`, {});
  const gone = await stream.until((it) => it.type === 'gone');
  expect(gone.at(-1)).toEqual({ type: 'gone', session: 'bob'.padEnd(16, '-') });
});

test('the audit log is followed', async () => {
  await core.order('POST', '/v1/rooms/lobby/mute', { nick: 'ann' });
  const stream = await followed('/v1/audit?watch=1');
  const [, muted] = await stream.until((it) => it.type === 'deed');
  expect(muted).toMatchObject({ deed: { n: 1, deed: 'mute' } });
  await core.order('POST', '/v1/tokens', { name: 'ci', scope: 'read' });
  const made = await stream.until((it) => it.type === 'deed');
  expect(made.at(-1)).toMatchObject({ deed: { n: 2, deed: 'make-token', target: 'ci' } });
});

test('streams end with a word when chat-core stops', async () => {
  const stream = await followed('/v1/rooms/lobby/events?watch=1');
  await stream.until((it) => it.type === 'begin');
  const ended = stream.until((it) => it.type === 'end');
  await core[Symbol.asyncDispose]();
  expect(await ended).toEqual([{ type: 'end' }]);
});

test('no more streams are served than there may be, and one that left makes room', async () => {
  const streams = await Promise.all(
    Array.from({ length: 8 }, () => followed('/v1/rooms/lobby/events?watch=1')),
  );
  const refused = await core.order('GET', '/v1/sessions?watch=1');
  expect([refused.status, refused.json]).toMatchObject([503, { code: 'streams-too-many' }]);
  expect(refused.headers.get('retry-after')).toBe('10');
  streams[0]?.close();
  await expect
    .poll(
      async () => {
        const stream = await followed('/v1/audit?watch=1');
        stream.close();
        return stream.status;
      },
      { timeout: 20_000 },
    )
    .toBe(200);
});
