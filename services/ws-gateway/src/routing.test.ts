import { describe, expect, it } from 'vitest';
import { type Mount, mountOf, routeOf } from './routing.ts';

const mount: Mount = { request: () => undefined, upgrade: () => undefined };
const mounts = new Map([['/mounted/', mount]]);

describe('an upgrade', () => {
  it.each(['/', '/ws', '/?room=lobby'])('is a WebSocket at %s', (url) => {
    expect(routeOf(url, undefined, mounts)).toEqual({
      type: 'websocket',
      subprotocol: 'partyline.v1',
    });
  });

  it.each(['/metrics', '/ws/../', '/mounted', '//'])('is nothing at %s', (url) => {
    expect(routeOf(url, undefined, mounts)).toMatchObject({ code: 'path-unknown' });
  });

  it('belongs to a mount beneath its path, whatever it offers', () => {
    const route = { type: 'mount', mount };
    expect(routeOf('/mounted/?EIO=4&transport=websocket', undefined, mounts)).toEqual(route);
    expect(routeOf('/mounted/deep', 'mqtt', mounts)).toEqual(route);
  });

  it('speaks the subprotocol that the client would rather have', () => {
    const spoken = (offered: string) => routeOf('/', offered, mounts);
    expect(spoken('mqtt, partyline.v1')).toMatchObject({ subprotocol: 'partyline.v1' });
    expect(spoken('binary.ircv3.net,text.ircv3.net')).toMatchObject({
      subprotocol: 'binary.ircv3.net',
    });
    expect(spoken('text.ircv3.net, binary.ircv3.net')).toMatchObject({
      subprotocol: 'text.ircv3.net',
    });
  });

  it('that offers only what is not spoken is told what is', () => {
    for (const offered of ['mqtt', '', 'PARTYLINE.V1'])
      expect(routeOf('/', offered, mounts)).toMatchObject({
        code: 'subprotocol-unknown',
        params: { spoken: 'partyline.v1, text.ircv3.net, binary.ircv3.net' },
      });
  });
});

describe('a request', () => {
  it('belongs to a mount beneath its path, and only there', () => {
    expect(mountOf('/mounted/x?y', mounts)).toBe(mount);
    expect(mountOf('/mountedx', mounts)).toBeUndefined();
    expect(mountOf('/?/mounted/', mounts)).toBeUndefined();
    expect(mountOf('/mounted/', undefined)).toBeUndefined();
  });
});
