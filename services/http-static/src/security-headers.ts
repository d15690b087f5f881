import type { LineAddress } from './line-address.ts';

/** A host as it may stand in a policy; anything else could end the directive it is put into. */
const plainHost = /^[a-z0-9.-]+$/;

/**
 * The sources that let the page connect (https://www.w3.org/TR/CSP3/#directive-connect-src).
 * `host` is the request's `Host` header.
 */
const connectSources = (address: LineAddress, host: string | undefined): string => {
  const isElsewhere = 'ws' in address && !address.ws.startsWith('/');
  if (isElsewhere) return new URL(address.ws).origin;
  const name = host === undefined ? '' : (URL.parse(`http://${host}`)?.hostname ?? '');
  // A policy has no way to name an IPv6 address, so then any host is allowed.
  if (!plainHost.test(name)) return 'ws: wss:';
  if ('ws' in address) {
    // Not every browser takes 'self' for the WebSockets of the same site, too.
    const { host: site = name } = URL.parse(`http://${host}`) ?? {};
    return `ws://${site} wss://${site}`;
  }
  const { wsPort, wssPort } = address;
  const sources = [
    ...(wsPort === undefined ? [] : [`ws://${name}:${wsPort}`]),
    ...(wssPort === undefined ? [] : [`wss://${name}:${wssPort}`]),
  ];
  return sources.join(' ');
};

/** What every answer carries, so that a browser does with it only what it is meant for. */
export const securityHeaders = (address: LineAddress, host: string | undefined) => ({
  'content-security-policy': [
    "default-src 'self'",
    `connect-src 'self' ${connectSources(address, host)}`,
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
});
