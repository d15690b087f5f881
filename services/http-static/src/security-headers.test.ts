import { describe, expect, it } from 'vitest';
import type { LineAddress } from './line-address.ts';
import { securityHeaders } from './security-headers.ts';

const connectSrc = (address: LineAddress, host: string | undefined) =>
  securityHeaders(address, host)
    ['content-security-policy'].split('; ')
    .find((directive) => directive.startsWith('connect-src'));

describe('the content security policy', () => {
  it('lets the page connect to the WebSocket ports of its own host', () => {
    expect(connectSrc({ wsPort: 7010, wssPort: 7710 }, 'chat.example.org:8080')).toBe(
      "connect-src 'self' ws://chat.example.org:7010 wss://chat.example.org:7710",
    );
    expect(connectSrc({ wssPort: 443 }, 'chat.example.org')).toBe(
      "connect-src 'self' wss://chat.example.org:443",
    );
  });

  it('lets the page connect to the address that was set, and to no other', () => {
    expect(connectSrc({ ws: 'wss://line.example.org/ws' }, 'chat.example.org')).toBe(
      "connect-src 'self' wss://line.example.org",
    );
  });

  it('lets the page connect to its own site when the line is a path of it', () => {
    expect(connectSrc({ ws: '/ws' }, 'chat.example.org:8443')).toBe(
      "connect-src 'self' ws://chat.example.org:8443 wss://chat.example.org:8443",
    );
    expect(connectSrc({ ws: '/ws' }, 'a;b')).toBe("connect-src 'self' ws: wss:");
  });

  it('allows any host where it cannot name one', () => {
    expect(connectSrc({ wsPort: 7010 }, '[::1]:8080')).toBe("connect-src 'self' ws: wss:");
    expect(connectSrc({ wsPort: 7010 }, undefined)).toBe("connect-src 'self' ws: wss:");
  });

  it.each(['a;script-src *', "a'unsafe-inline'", 'a;b', 'a,b', 'a b'])(
    'cannot be rewritten by the request: Host %j',
    (host) => {
      expect(connectSrc({ wsPort: 7010 }, host)).toBe("connect-src 'self' ws: wss:");
    },
  );

  it('runs no inline script and is framed by nobody', () => {
    const policy = securityHeaders({ wsPort: 7010 }, 'h')['content-security-policy'];
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});
