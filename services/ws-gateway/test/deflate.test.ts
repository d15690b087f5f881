import { once } from 'node:events';
import { deflateRawSync } from 'node:zlib';
import { limits } from '@partyline/protocol';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { deflatedTextFrames } from '../src/frames.ts';
import { clientFrame } from './autobahn/client-frame.ts';
import { openDoor } from './door.ts';

const knock = async (
  door: Awaited<ReturnType<typeof openDoor>>,
  options: object = { perMessageDeflate: { threshold: 0 } },
) => {
  const client = new WebSocket(`${door.url}/ws`, 'partyline.v1', options);
  const [[response], guest] = await Promise.all([once(client, 'upgrade'), door.nextGuest()]);
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
  return { client, ...guest, agreed: response.headers['sec-websocket-extensions'] };
};

describe('permessage-deflate', () => {
  it('is agreed on without memory of what was said before, and taken both ways', async () => {
    await using door = await openDoor({ maxDeflated: 10 });
    const { client, connection, witness, agreed } = await knock(door);
    expect(agreed).toBe(
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
    );
    const long = 'words and words and '.repeat(500);
    client.send(long);
    client.send('short');
    await expect.poll(() => witness.heard).toEqual([`frame ${long}`, 'frame short']);

    const messages: string[] = [];
    client.on('message', (data) => messages.push(String(data)));
    for (const texts of [[long, 'short'], ['聊'.repeat(2_000)]]) {
      connection.write(deflatedTextFrames(1_000)(texts));
      connection.beat();
    }
    await expect.poll(() => messages).toEqual([long, 'short', '聊'.repeat(2_000)]);
  });

  it('is not used with those who do not offer it, or could not read what is compressed for all', async () => {
    await using door = await openDoor({ maxDeflated: 10 });
    expect((await knock(door, { perMessageDeflate: false })).agreed).toBeUndefined();
    const small = { perMessageDeflate: { serverMaxWindowBits: 10 } };
    expect((await knock(door, small)).agreed).toBeUndefined();
  });

  it('is used by so many at once, and others go without', async () => {
    await using door = await openDoor({ maxDeflated: 1 });
    const first = await knock(door);
    expect(first.agreed).toBeDefined();
    expect((await knock(door)).agreed).toBeUndefined();
    first.client.close(1000);
    await first.witness.over;
    expect((await knock(door)).agreed).toBeDefined();
  });

  it('is not for IRC, whose lines are short', async () => {
    await using door = await openDoor({ maxDeflated: 1 });
    const client = new WebSocket(door.url, 'text.ircv3.net');
    await once(client, 'open');
    expect(client.extensions).toBe('');
  });

  it('lets nobody send more than the limit by compressing it', async () => {
    await using door = await openDoor({ maxDeflated: 1 });
    const { client, witness } = await knock(door);
    const most = 'x'.repeat(limits.frameBytes);
    client.send(most);
    await expect.poll(() => witness.heard).toEqual([`frame ${most}`]);
    client.send('x'.repeat(10_000_000));
    const [code] = await once(client, 'close');
    expect(code).toBe(1009);
  });

  it.each([
    ['what is no deflate', Buffer.from([0xff, 0xff, 0xff]), 1007],
    ['what is no UTF-8 once inflated', deflateRawSync(Buffer.from([0xff, 0xfe])), 1007],
  ])('ends with a code when it holds %s', async (_, payload, code) => {
    await using door = await openDoor({ maxDeflated: 1 });
    const { client } = await knock(door);
    const closed = once(client, 'close');
    // Past what `ws` would send.
    (client as unknown as { _socket: NodeJS.WritableStream })._socket.write(
      clientFrame({ opcode: 1, rsv: 4, payload }),
    );
    expect((await closed)[0]).toBe(code);
  });
});
