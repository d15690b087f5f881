import { once } from 'node:events';
import { fc, test } from '@fast-check/vitest';
import { limits } from '@partyline/protocol';
import { describe, expect, it, vi } from 'vitest';
import { textFrames } from '../src/frames.ts';
import { openDoor } from './door.ts';

/** A client's frame, masked with zeros; `first` is its first byte. */
const clientFrame = (first: number, payload: Uint8Array | string): Buffer => {
  const bytes = Buffer.from(payload);
  const length =
    bytes.length < 126
      ? Buffer.from([0x80 | bytes.length])
      : Buffer.from([0x80 | 126, bytes.length >> 8, bytes.length & 0xff]);
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(4), bytes]);
};

describe('a WebSocket connection', () => {
  it('takes text and binary messages alike', async () => {
    await using door = await openDoor();
    const { client, witness } = await door.enter();
    client.send('{"a":"聊"}');
    client.send(Buffer.from('{"b":"天"}'));
    await expect.poll(() => witness.heard).toEqual(['frame {"a":"聊"}', 'frame {"b":"天"}']);
  });

  it('goes on after a binary message that is not UTF-8', async () => {
    await using door = await openDoor();
    const { client, witness } = await door.enter();
    client.send(Buffer.from([0xff, 0xfe]));
    client.send('after');
    await expect.poll(() => witness.heard).toEqual(['fault utf8-bad', 'frame after']);
  });

  it('puts fragments together', async () => {
    await using door = await openDoor();
    const { socket, witness } = await door.enterBare();
    socket.write(clientFrame(0x01, Buffer.from([0xe8, 0x81])));
    socket.write(clientFrame(0x89, 'ping between'));
    socket.write(clientFrame(0x80, Buffer.from([0x8a])));
    await expect.poll(() => witness.heard).toEqual(['frame 聊']);
  });

  it('has ended when the client says goodbye, and vanished when it is cut off', async () => {
    await using door = await openDoor();
    const polite = await door.enter();
    polite.client.close(1000);
    await polite.witness.over;
    expect(polite.witness.heard).toEqual(['ended']);

    const leavingPage = await door.enter();
    leavingPage.client.close(1001);
    await leavingPage.witness.over;
    expect(leavingPage.witness.heard).toEqual(['vanished']);

    const cut = await door.enter();
    cut.client.terminate();
    await cut.witness.over;
    expect(cut.witness.heard).toEqual(['vanished']);
  });

  it('is ended with a code and a reason, after all that was written', async () => {
    await using door = await openDoor();
    const { client, connection, witness } = await door.enter();
    const messages: string[] = [];
    client.on('message', (data) => messages.push(String(data)));
    connection.pause();
    connection.write(textFrames(['last words']));
    connection.end('shutdown');
    connection.write(textFrames(['too late']));
    const [code, reason] = await once(client, 'close');
    expect([code, String(reason)]).toEqual([
      1012,
      'The server is restarting. Come back in a moment.',
    ]);
    expect(messages).toEqual(['last words']);
    await witness.over;
  });

  it('is not heard while it is paused, and loses nothing', async () => {
    await using door = await openDoor();
    const { client, connection, witness } = await door.enter();
    connection.pause();
    client.send('held back');
    // Written bytes arrive, so the pause is not just a delay.
    connection.write(textFrames(['hello']));
    await once(client, 'message');
    expect(witness.heard).toEqual([]);
    connection.resume();
    await expect.poll(() => witness.heard).toEqual(['frame held back']);
  });

  it('tells how much a client has not taken, and when it has taken all', async () => {
    await using door = await openDoor();
    const { client, connection, witness } = await door.enter();
    client.pause();
    const frame = textFrames(['x'.repeat(1_000_000)]);
    let sent = 0;
    while (connection.queuedBytes === 0 && sent < 200) {
      connection.write(frame);
      sent += 1;
    }
    for (let more = 0; more < 20; more += 1) connection.write(frame);
    expect(connection.queuedBytes).toBeGreaterThan(1_000_000);
    let got = 0;
    client.on('message', () => {
      got += 1;
    });
    client.resume();
    await expect.poll(() => got, { timeout: 20_000 }).toBe(sent + 20);
    expect(witness.heard).toContain('drained');
    expect(connection.queuedBytes).toBe(0);
  });

  it('keeps its frames whole among the pings and pongs of the protocol', async () => {
    await using door = await openDoor();
    const { client, connection } = await door.enter();
    const messages: string[] = [];
    client.on('message', (data) => messages.push(String(data)));
    const texts = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(index * 7)}`);
    for (const text of texts) {
      client.ping('to be answered');
      const pinged = once(client, 'ping');
      connection.write(textFrames([text]));
      connection.beat();
      connection.write(textFrames([text]));
      await pinged;
    }
    await expect.poll(() => messages.length).toBe(2 * texts.length);
    expect(messages.every((it, index) => it === texts[Math.floor(index / 2)])).toBe(true);
  });

  it('is cut after two pings that nobody answered', async () => {
    await using door = await openDoor();
    const { connection, witness } = await door.enterBare();
    connection.beat();
    connection.beat();
    expect(witness.heard).toEqual([]);
    connection.beat();
    await witness.over;
    expect(witness.heard).toEqual(['vanished']);
  });

  it('lives on with a client that answers pings', async () => {
    await using door = await openDoor();
    const { client, connection, witness } = await door.enter();
    for (let beats = 0; beats < 5; beats += 1) {
      const pinged = once(client, 'ping');
      connection.beat();
      await pinged;
      client.send(`${beats}`);
      await expect.poll(() => witness.heard.length).toBe(beats + 1);
    }
    expect(witness.heard).not.toContain('vanished');
  });

  it('is not cut for silence while it is held back', async () => {
    await using door = await openDoor();
    const { client, connection, witness } = await door.enter();
    connection.pause();
    for (let beats = 0; beats < 5; beats += 1) connection.beat();
    connection.resume();
    client.send('still here');
    await expect.poll(() => witness.heard).toEqual(['frame still here']);
  });
});

describe('a hostile client', () => {
  const mask = [1, 2, 3, 4];
  // What is wrong within frames is tried case by case in autobahn.test.ts.
  it.each<[string, number[] | Uint8Array, number]>([
    ['sends an unmasked frame', [0x81, 0x01, 0x41], 1002],
    ['announces 2^63 bytes', [0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, ...mask], 1009],
    ['announces 1 GiB', [0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, ...mask], 1009],
    ['sends text that is not UTF-8', clientFrame(0x81, Buffer.from([0xff])), 1007],
  ])('that %s is closed with a code', async (_, bytes, code) => {
    await using door = await openDoor();
    const { socket, witness } = await door.enterBare();
    const answer = once(socket, 'data');
    socket.write(Buffer.from(bytes));
    const [[frame]] = await Promise.all([answer, witness.over]);
    expect(frame[0]).toBe(0x88);
    expect(frame.readUInt16BE(2)).toBe(code);
    expect(witness.heard).toEqual(['vanished']);
    const after = await door.enter();
    after.client.send('others go on');
    await expect.poll(() => after.witness.heard).toEqual(['frame others go on']);
  });

  it('that sends a message over the limit is told so, at the limit it is heard', async () => {
    await using door = await openDoor();
    const { client, witness } = await door.enter();
    const most = 'x'.repeat(limits.frameBytes);
    client.send(most);
    await expect.poll(() => witness.heard).toEqual([`frame ${most}`]);
    client.send(`${most}x`);
    const [code] = await once(client, 'close');
    expect(code).toBe(1009);
  });

  it('that sends a message in endlessly many pieces is cut off', async () => {
    await using door = await openDoor();
    const { socket, witness } = await door.enterBare();
    socket.write(clientFrame(0x01, 'x'));
    const piece = clientFrame(0x00, '');
    const answer = once(socket, 'data');
    socket.write(Buffer.concat(Array.from({ length: 2_000 }, () => piece)));
    const [[frame]] = await Promise.all([answer, witness.over]);
    expect(frame.readUInt16BE(2)).toBe(1008);
    expect(witness.heard).toEqual(['vanished']);
  });

  test.prop([fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 })], { numRuns: 30 })(
    'that sends anything at all harms nobody',
    async (chunks) => {
      const crashed = vi.fn();
      process.on('uncaughtException', crashed);
      await using door = await openDoor();
      const { socket, witness } = await door.enterBare();
      for (const chunk of chunks) socket.write(chunk);
      socket.end();
      await witness.over;
      expect(witness.heard.filter((it) => it === 'ended' || it === 'vanished')).toHaveLength(1);
      process.off('uncaughtException', crashed);
      expect(crashed).not.toHaveBeenCalled();
    },
  );
});
