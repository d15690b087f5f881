import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { makeCertificate } from '@partyline/service/testing/certificate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { proxied, proxiesHere, send, upgrade } from './bare-socket.ts';
import { openDoor } from './door.ts';

describe('a listener over TLS', () => {
  const openSecure = async (options: Parameters<typeof openDoor>[0] = {}) => {
    const own = await makeCertificate();
    onTestFinished(() => own[Symbol.dispose]());
    const { certificate, renew } = own;
    const door = await openDoor({
      urls: ['wss://127.0.0.1:0'],
      certificate: async () => certificate,
      ...options,
    });
    const come = () => new WebSocket(door.url, 'partyline.v1', { rejectUnauthorized: false });
    return { door, certificate, renew, come };
  };

  const fingerprint = async (port: number): Promise<string | undefined> => {
    const socket: TLSSocket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const seen = socket.getPeerX509Certificate()?.fingerprint256;
    socket.destroy();
    return seen;
  };

  it('opens WebSockets, and serves health', async () => {
    const { door, come } = await openSecure();
    await using _ = door;
    expect(door.url).toMatch(/^wss:/);
    const client = come();
    const [guest] = await Promise.all([door.nextGuest(), once(client, 'open')]);
    client.send('hello');
    await expect.poll(() => guest.witness.heard).toEqual(['frame hello']);
    client.close(1000);
    await guest.witness.over;
  });

  it('shows a new certificate without cutting anybody off', async () => {
    const { door, certificate, renew, come } = await openSecure();
    await using _ = door;
    const client = come();
    const [guest] = await Promise.all([door.nextGuest(), once(client, 'open')]);
    expect(await fingerprint(door.port)).toBe(certificate.fingerprint);
    const next = await renew();
    await expect.poll(() => fingerprint(door.port)).toBe(next);
    client.send('still here');
    await expect.poll(() => guest.witness.heard).toEqual(['frame still here']);
  });

  it('knows who is behind a proxy that passes TLS on', async () => {
    const { door } = await openSecure({ proxies: proxiesHere });
    await using _ = door;
    const socket = send(door.port, proxied('192.0.2.1'));
    const secure = connectTls({ socket, rejectUnauthorized: false });
    secure.write(upgrade());
    expect((await door.nextGuest()).connection.address).toBe('192.0.2.1');
    secure.destroy();
  });

  it('has a place again when somebody left', async () => {
    const { door } = await openSecure({ proxies: proxiesHere, maxPerAddress: 1 });
    await using _ = door;
    const knock = async () => {
      const secure = connectTls({
        socket: send(door.port, proxied('192.0.2.1')),
        rejectUnauthorized: false,
      });
      secure.write(upgrade());
      const [answer] = await once(secure, 'data');
      return { secure, answer: String(answer) };
    };
    const first = await knock();
    expect(first.answer).toContain(' 101 ');
    const second = await knock();
    expect(second.answer).toContain(' 429 ');
    second.secure.destroy();
    first.secure.destroy();
    await (await door.nextGuest()).witness.over;
    await expect
      .poll(async () => {
        const { secure, answer } = await knock();
        if (!answer.includes(' 101 ')) secure.destroy();
        return answer;
      })
      .toContain(' 101 ');
  });

  it('tells those who come without TLS', async () => {
    const { door } = await openSecure();
    await using _ = door;
    const answer = await text(send(door.port, upgrade()));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('tls-needed');
    expect(await door.turnedAway('tls')).toBe(1);
  });
});
