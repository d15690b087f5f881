import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceProcess } from '@partyline/service/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOf, sayOf, startTestCore } from './core.ts';
import { type Call, isSigned, startReceiver } from './receiver.ts';

type Told = {
  readonly type: string;
  readonly data: { readonly seq: number; readonly text: string };
};
const toldBy = ({ body }: Call): Told => JSON.parse(body);

describe('an outgoing webhook', () => {
  let core: Awaited<ReturnType<typeof startTestCore>>;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let status = 200;
  beforeEach(async () => {
    core = await startTestCore();
    receiver = await startReceiver(() => ({ status }));
    await core.hello('i1');
    await core.publish('i1', [openOf('ann'), sayOf('ann', 'a', 'before')]);
  });
  afterEach(async () => {
    status = 200;
    await core[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });

  const make = (its: Record<string, unknown> = {}) =>
    core.order('POST', '/v1/webhooks/out', { url: receiver.url, rooms: ['lobby'], ...its });

  test('is told what is said, signed', async () => {
    const { json } = await make({ kinds: ['message'] });
    await core.publish('i1', [sayOf('ann', 'b', 'héllo')]);
    await receiver.until((calls) => calls.length === 1);
    const [call] = receiver.calls as [Call];
    expect(isSigned(call, json.secret as unknown as string)).toBe(true);
    expect(toldBy(call)).toMatchObject({
      ...{ type: 'room.message', timestamp: expect.stringMatching(/^20.*Z$/) },
      data: { room: 'lobby', seq: 2, nick: 'ann', text: 'héllo' },
    });
  });

  test('is listed without its secret, and how it is', async () => {
    const { json } = await make();
    const listed = async () => (await core.order('GET', '/v1/webhooks/out')).json.webhooks;
    expect(await listed()).toEqual([json.webhook]);
    expect(JSON.stringify(await listed())).not.toContain('whsec_');
    status = 500;
    await core.publish('i1', [sayOf('ann', 'b')]);
    await expect
      .poll(listed)
      .toMatchObject([{ failingSince: expect.any(Number), error: 'HTTP status 500' }]);
    const metrics = await (await core.admin('/metrics')).text();
    expect(metrics).toMatch(/partyline_webhook_calls_total\{outcome="failed",[^}]*\} 1/);
  });

  test('ends when it is dropped', async () => {
    const { json } = await make();
    const { webhook: id } = json.webhook as unknown as { webhook: string };
    expect((await core.order('DELETE', `/v1/webhooks/out/${id}`)).json).toEqual({ done: true });
    expect((await core.order('DELETE', `/v1/webhooks/out/${id}`)).status).toBe(404);
    expect((await core.order('POST', `/v1/webhooks/out/${id}/enable`)).status).toBe(404);
    await core.publish('i1', [sayOf('ann', 'b')]);
    expect((await core.order('GET', '/v1/webhooks/out')).json).toEqual({ webhooks: [] });
  });

  test('is not made for a URL that it may not call, or rooms that are none', async () => {
    for (const [its, code] of [
      [{ url: 'http://10.0.0.1/' }, 'url-closed'],
      [{ url: 'http://169.254.169.254/latest' }, 'url-closed'],
      [{ url: 'gopher://example.org' }, 'url-bad'],
      [{ rooms: ['a b'] }, 'room-bad'],
      [{ rooms: ['~a~b'] }, 'room-bad'],
      [{ kinds: ['gossip'] }, 'request-bad'],
    ] as const)
      expect((await make(its)).json).toMatchObject({ code });
  });
});

describe('chat-core that is killed', () => {
  const token = 'a-token-of-this-test';
  const environment = (folder: string) => ({
    ...{ PARTYLINE_DATA: folder, PARTYLINE_BUS_TOKEN: token, PARTYLINE_ADMIN_TOKEN: token },
    ...{ PARTYLINE_ADMIN_PORT: '0', PARTYLINE_WEBHOOK_NETWORKS: '127.0.0.1' },
  });
  const start = async (folder: string) => {
    const core = await ServiceProcess.start(
      new URL('../src/main.ts', import.meta.url),
      environment(folder),
    );
    const { msg } = await core.logged(/^listening on/);
    const base = msg.replace('listening on ', '');
    const order = async (method: string, path: string, body: unknown) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(base + path, { method, headers, body: JSON.stringify(body) });
      expect(answer.status).toBe(200);
      return answer.json() as Promise<Record<string, never>>;
    };
    return {
      order,
      say: async (from: number, to: number) => {
        for (let n = from; n <= to; n += 1)
          await order('POST', '/v1/rooms/lobby/say', { text: `${n}`, id: `${n}` });
      },
      kill: () => core[Symbol.asyncDispose](),
      [Symbol.asyncDispose]: () => core[Symbol.asyncDispose](),
    };
  };

  test('tells a webhook every event at least once, in order, with ids that tell repeats', async () => {
    await using cleanup = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), 'partyline-core-'));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    let isUp = false;
    const taken = new Map<string, Told>();
    const receiver = cleanup.use(
      await startReceiver((call) => {
        if (isUp) taken.set(String(call.headers['webhook-id']), toldBy(call));
        return { status: isUp ? 200 : 503 };
      }),
    );

    const first = cleanup.use(await start(folder));
    await first.order('PATCH', '/v1/rooms/lobby', { visibility: 'public' });
    const hook = { url: receiver.url, rooms: ['*'] };
    const made = await first.order('POST', '/v1/webhooks/out', hook);
    await first.say(1, 10);
    await receiver.until((calls) => calls.length > 0);
    await first.kill();
    expect(taken.size).toBe(0);

    isUp = true;
    const second = cleanup.use(await start(folder));
    await second.say(11, 20);
    await receiver.until(() => taken.size >= 5);
    await second.kill();

    const third = cleanup.use(await start(folder));
    await third.say(21, 30);
    await receiver.until(() => taken.size === 30);
    const told = [...taken.values()].map((it) => it.data);
    expect(told.map((it) => it.seq)).toEqual(told.map((_, index) => index + 1));
    expect(told.map((it) => it.text)).toEqual(told.map((_, index) => `${index + 1}`));
    const secret = made.secret as unknown as string;
    expect(receiver.calls.every((it) => isSigned(it, secret))).toBe(true);
  }, 180_000);
});
