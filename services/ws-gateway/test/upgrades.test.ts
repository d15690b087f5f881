import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openDoor } from './door.ts';

/** The answer to an upgrade that is refused. */
const refusalOf = async (
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: string }> => {
  const asked = request(url.replace('ws:', 'http:'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
};

describe('the WebSocket door', () => {
  it('speaks partyline.v1 to those who offer it', async () => {
    await using door = await openDoor();
    const client = new WebSocket(door.url, ['mqtt', 'partyline.v1']);
    await once(client, 'open');
    expect(client.protocol).toBe('partyline.v1');
  });

  it('lets those in who offer no subprotocol', async () => {
    await using door = await openDoor();
    const client = new WebSocket(`${door.url}/ws?x=1`);
    await once(client, 'open');
    expect(client.protocol).toBe('');
  });

  it('says which subprotocol it speaks to those who offer only others', async () => {
    await using door = await openDoor();
    const { status, headers, body } = await refusalOf(door.url, {
      'sec-websocket-protocol': 'mqtt',
    });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(body)).toMatchObject({
      code: 'subprotocol-unknown',
      spoken: expect.stringContaining('partyline.v1'),
    });
    expect(await door.refused('subprotocol-unknown')).toBe(1);
  });

  it('refuses pages of other hosts', async () => {
    await using door = await openDoor();
    const { status, body } = await refusalOf(door.url, { origin: 'https://evil.example' });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ code: 'origin-refused' });
  });

  it('opens only at its own paths', async () => {
    await using door = await openDoor();
    expect((await refusalOf(`${door.url}/socket`)).status).toBe(404);
  });

  it('asks those over the limit to come later, and lets them in when somebody left', async () => {
    await using door = await openDoor({ maxConnections: 1 });
    const { client, witness } = await door.enter();
    const { status, headers } = await refusalOf(door.url);
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    client.close(1000);
    await witness.over;
    await door.enter();
  });

  it.each([
    [{ 'sec-websocket-key': 'short' }, 400],
    [{ 'sec-websocket-version': '7' }, 400],
    [{ upgrade: 'h2c' }, 400],
  ])('refuses a handshake that is none: %j', async (headers, status) => {
    await using door = await openDoor();
    expect((await refusalOf(door.url, headers)).status).toBe(status);
    await door.enter();
  });
});
