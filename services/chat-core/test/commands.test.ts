import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { envelope, openOf, startTestCore } from './core.ts';
import { type Call, isSigned, startReceiver } from './receiver.ts';

let folder: string;
let core: Awaited<ReturnType<typeof startTestCore>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let answer: Awaited<ReturnType<Parameters<typeof startReceiver>[0]>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'partyline-core-'));
  core = await startTestCore(folder);
  answer = { status: 200, body: 'deployed' };
  receiver = await startReceiver(() => answer);
  await enter();
});
afterEach(async () => {
  await core[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const enter = async () => {
  await core.hello('i1', { sessions: ['ann'.padEnd(16, '-')] });
  await core.publish('i1', [openOf('ann')]);
};
const make = (its: Record<string, unknown> = {}) =>
  core.order('POST', '/v1/commands', {
    ...{ name: 'deploy', usage: 'SERVICE', nick: 'deployer', url: receiver.url, rooms: ['lobby'] },
    ...its,
  });
const use = async (id: string, room = 'lobby') => {
  const invoke = { type: 'invoke', room, name: 'deploy', args: 'api' } as const;
  const [outcome] = await core.publish('i1', [envelope('ann', id, invoke)]);
  return outcome?.type === 'refused' ? outcome.problem.code : outcome?.type;
};
const served = async () =>
  JSON.parse((await core.bus('GET', '/bus/v1/rooms/lobby/commands')).text).commands;
const lastSaid = async () => {
  const page = await core.bus('GET', '/bus/v1/rooms/lobby/events?limit=1');
  return JSON.parse(page.text).events[0];
};

test('has a URL called, signed, and says in the room what it answers', async () => {
  const { json } = await make();
  await expect.poll(served).toEqual([{ name: 'deploy', usage: 'SERVICE' }]);
  expect(await use('u1')).toBe('done');
  await expect
    .poll(lastSaid)
    .toMatchObject({ kind: 'notice', nick: 'deployer', bot: true, text: 'deployed', id: 'u1' });
  const [call] = receiver.calls as [Call];
  expect(isSigned(call, json.secret as unknown as string)).toBe(true);
  expect(JSON.parse(call.body)).toMatchObject({
    type: 'command',
    data: { name: 'deploy', args: 'api', room: 'lobby', nick: 'ann' },
  });
  answer = { status: 500 };
  await use('u2');
  await expect
    .poll(lastSaid)
    .toMatchObject({ text: expect.stringMatching(/^@ann \/deploy failed/) });
});

test('is listed without its secret, ends when it is dropped, and is there again after a restart', async () => {
  const { json } = await make();
  const listed = async () => (await core.order('GET', '/v1/commands')).json;
  expect(await listed()).toEqual({ commands: [json.command] });
  expect(JSON.stringify(await listed())).not.toContain('whsec_');
  await core[Symbol.asyncDispose]();
  core = await startTestCore(folder);
  await enter();
  await expect.poll(() => use(crypto.randomUUID())).toBe('done');
  await receiver.until((calls) => calls.length > 0);
  expect((await core.order('DELETE', '/v1/commands/deploy')).json).toEqual({ done: true });
  await expect.poll(() => use(crypto.randomUUID())).toBe('command-unserved');
  expect(await served()).toEqual([]);
  expect((await core.order('DELETE', '/v1/commands/deploy')).status).toBe(404);
  expect((await core.order('GET', '/v1/bots')).json).toEqual({ bots: [] });
});

test('is served in its rooms only, and taken from nobody', async () => {
  await core.hello('dns-1', { kind: 'dns-probe', commands: ['dns'] });
  expect((await make({ name: 'dns' })).json).toMatchObject({ code: 'command-taken' });
  await make({ rooms: ['ops'] });
  expect((await make({ nick: 'another' })).json).toMatchObject({ code: 'command-taken' });
  expect(await use('u1')).toBe('command-unserved');
  await core.publish('i1', [envelope('ann', 'j', { type: 'join', room: 'ops' })]);
  await expect.poll(() => use(crypto.randomUUID(), 'ops')).toBe('done');
});

test.each([
  [{ url: 'http://10.0.0.1/' }, 'url-closed'],
  [{ name: 'De ploy' }, 'request-bad'],
  [{ nick: 'ann' }, 'nick-taken'],
  [{ rooms: ['a b'] }, 'room-bad'],
])('is not made of %j', async (its, code) => {
  expect((await make(its)).json).toMatchObject({ code });
});
