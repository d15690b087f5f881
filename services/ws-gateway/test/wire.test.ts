import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './client.ts';
import { type System, startSystem, urlOf } from './program.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system?.[Symbol.asyncDispose]());

const startGateway: System['startGateway'] = (settings) => system.startGateway(settings);

describe('partyline.v1', () => {
  it('is the four shapes, in the words their users know', async () => {
    await using gateway = await startGateway({ PARTYLINE_LOCALE: 'zh-CN' });
    using ann = await Client.connect(urlOf(gateway));
    expect(await ann.login('ann')).toMatchObject({
      success: true,
      message: '登录成功',
      sumUsers: 1,
    });
    using bob = await Client.connect(urlOf(gateway));
    expect(await bob.login('bob')).toMatchObject({ success: true, sumUsers: 2 });
    expect(await ann.next('log')).toMatchObject({
      message: 'bob 进入了聊天室，当前在线人数：2',
    });

    ann.send({ type: 'broadcast', message: 'hello' });
    for (const client of [ann, bob])
      expect(await client.next('broadcast')).toMatchObject({ nickname: 'ann', message: 'hello' });

    bob.send({ type: 'p2p', to: 'ann', message: 'psst' });
    for (const client of [ann, bob])
      expect(await client.next('p2p')).toMatchObject({ from: 'bob', to: 'ann', message: 'psst' });

    bob.webSocket.close(1000);
    expect(await ann.next('log')).toMatchObject({
      message: 'bob 离开了聊天室，当前在线人数：1',
    });
    ann.webSocket.close(1000);
    await ann.closed;
  });

  it('refuses a name that is taken, and what is no message, and goes on', async () => {
    await using gateway = await startGateway();
    using ann = await Client.connect(urlOf(gateway));
    await ann.login('taken');
    using other = await Client.connect(urlOf(gateway));
    expect(await other.login('Taken')).toMatchObject({ success: false, code: 'nick-taken' });
    other.webSocket.send('{');
    expect(await other.next('error')).toMatchObject({ code: 'json-bad' });
    other.webSocket.send(Buffer.from([0xff]));
    expect(await other.next('error')).toMatchObject({ code: 'utf8-bad' });
    expect(await other.login('free')).toMatchObject({ success: true });
    other.webSocket.close(1000);
    ann.webSocket.close(1000);
    await Promise.all([ann.closed, other.closed]);
  });

  it('acknowledges a message once it is durable, and the same id with the same ack', async () => {
    await using gateway = await startGateway();
    using cat = await Client.connect(urlOf(gateway));
    await cat.login('cat');
    cat.send({ type: 'broadcast', message: 'once', id: 'm1' });
    const ack = await cat.next('ack');
    expect(ack).toMatchObject({ id: 'm1', room: 'lobby' });
    cat.send({ type: 'broadcast', message: 'once', id: 'm1' });
    expect(await cat.next('ack')).toEqual(ack);
    cat.webSocket.close(1000);
    await cat.closed;
  });

  it('goes on over another gateway after a kill, with what was missed, once', async () => {
    await using first = await startGateway();
    await using second = await startGateway();
    using reader = await Client.connect(urlOf(first));
    const { resume: token, epoch, rooms } = await reader.login('reader');
    const [lobby] = rooms as { room: string; seq: number }[];
    using writer = await Client.connect(urlOf(second));
    await writer.login('writer');
    writer.send({ type: 'broadcast', message: 'before' });
    const { seq } = await reader.next('broadcast');
    expect(seq).toBe((lobby?.seq ?? 0) + 1);

    await first[Symbol.asyncDispose]();
    await reader.closed;
    for (const message of ['missed 1', 'missed 2']) {
      writer.send({ type: 'broadcast', message, id: message });
      await writer.next('ack');
    }

    using again = await Client.connect(urlOf(second));
    again.send({ type: 'resume', token, cursors: { lobby: seq }, epoch });
    expect(await again.next('login')).toMatchObject({
      success: true,
      resumed: true,
      nickname: 'reader',
    });
    expect(await again.next('broadcast')).toMatchObject({ message: 'missed 1' });
    writer.send({ type: 'broadcast', message: 'live' });
    expect(await again.next('broadcast')).toMatchObject({ message: 'missed 2' });
    expect(await again.next('broadcast')).toMatchObject({ message: 'live' });
    again.webSocket.close(1000);
    writer.webSocket.close(1000);
    await Promise.all([again.closed, writer.closed]);
  });

  it('is the same for those who inflate, in fewer bytes', async () => {
    await using gateway = await startGateway();
    using writer = await Client.connect(urlOf(gateway));
    await writer.login('terse');
    using reader = await Client.connect(urlOf(gateway), true);
    await reader.login('inflating');
    const { _socket: socket } = reader.webSocket as unknown as { _socket: Socket };
    const before = socket.bytesRead;
    const message = 'over and over '.repeat(500).trim();
    writer.send({ type: 'broadcast', message });
    expect(await reader.next('broadcast')).toMatchObject({ message });
    expect(socket.bytesRead - before).toBeLessThan(message.length / 10);
    for (const { webSocket } of [reader, writer]) webSocket.close(1000);
    await Promise.all([reader.closed, writer.closed]);
  });

  it('costs a reader that stops reading nothing but time', async () => {
    await using gateway = await startGateway({
      PARTYLINE_HIGH_WATER_BYTES: '65536',
      PARTYLINE_FLOOD_PER_SECOND: '0',
    });
    using reader = await Client.connect(urlOf(gateway));
    await reader.login('sleeper');
    using writer = await Client.connect(urlOf(gateway));
    await writer.login('talker');
    reader.webSocket.pause();
    const catchingUp = async () => {
      const metrics = await (await fetch(`${urlOf(gateway)}/metrics`)).text();
      return Number(/partyline_gateway_catching_up_readers\S* (\d+)/.exec(metrics)?.[1]);
    };
    const text = 'x'.repeat(8_000);
    let sent = 0;
    while ((await catchingUp()) === 0) {
      for (let burst = 0; burst < 100; burst += 1) {
        writer.send({
          type: 'broadcast',
          message: `${sent} ${text}`.slice(0, 8_000),
          id: `${sent}`,
        });
        sent += 1;
      }
      for (let acks = 0; acks < 100; acks += 1) await writer.next('ack');
    }
    reader.webSocket.resume();
    for (let got = 0; got < sent; got += 1) {
      const { message } = await reader.next('broadcast');
      expect(String(message).split(' ', 1)).toEqual([`${got}`]);
    }
    await expect.poll(catchingUp).toBe(0);
    reader.webSocket.close(1000);
    writer.webSocket.close(1000);
    await Promise.all([reader.closed, writer.closed]);
  });

  it('says goodbye when the gateway stops, and may be resumed', async () => {
    const gateway = await startGateway();
    await using other = await startGateway();
    using dan = await Client.connect(urlOf(gateway));
    const { resume: token, epoch } = await dan.login('dan');
    const stopped = gateway.stop();
    expect(await dan.next('close')).toMatchObject({ code: 'shutdown', resume: true });
    expect(await dan.closed).toBe(1012);
    expect(await stopped).toBe(0);
    using again = await Client.connect(urlOf(other));
    again.send({ type: 'resume', token, cursors: {}, epoch });
    expect(await again.next('login')).toMatchObject({ success: true, nickname: 'dan' });
    again.webSocket.close(1000);
    await again.closed;
  });

  it('tells those who ask by HTTP that it speaks WebSocket, and that it is well', async () => {
    await using gateway = await startGateway();
    const answer = await fetch(urlOf(gateway));
    expect(answer.status).toBe(426);
    expect(answer.headers.get('upgrade')).toBe('websocket');
    expect((await fetch(`${urlOf(gateway)}/healthz`)).status).toBe(200);
    await expect.poll(async () => (await fetch(`${urlOf(gateway)}/readyz`)).status).toBe(200);
    const metrics = await (await fetch(`${urlOf(gateway)}/metrics`)).text();
    expect(metrics).toContain('partyline_gateway_connections');
  });
});
