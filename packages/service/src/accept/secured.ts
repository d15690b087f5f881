import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Log } from '../log.ts';
import { seldom } from '../seldom.ts';
import type { Certificate } from '../tls/certificate.ts';
import type { Arrival, Stage } from './arrival.ts';
import { readHead } from './head.ts';

export type SecuredOptions = {
  readonly certificate: Certificate;
  /** What clients that negotiate a protocol (ALPN, RFC 7301) must ask for. */
  readonly protocol: string;
  /** Whether clients are asked for a certificate; browsers then bother people. */
  readonly asksCertificate: boolean;
  /** How long the handshake may take. */
  readonly withinMs: number;
  readonly log: Log;
  /** Tells a client who didn't begin with TLS what is wrong, and ends its connection. */
  explain(arrival: Arrival): void;
  /** A handshake came to nothing. */
  failed(): void;
};

/** The type of a TLS record that begins a handshake (RFC 8446 §5.1). */
const HANDSHAKE = 0x16;

/**
 * Secures connections by TLS 1.2 or later. A certificate that a client shows is not verified: its
 * fingerprint says that it is the same client again. One who begins with plain text, or says
 * nothing since it waits to be greeted, is told that TLS is spoken here.
 */
export const secured = (options: SecuredOptions): Stage => {
  const { certificate, protocol, asksCertificate, withinMs, log, explain, failed } = options;
  const tell = seldom();
  const secureContext = { ...certificate.pair, minVersion: 'TLSv1.2' } as const;
  const server = createServer({
    ...secureContext,
    allowHalfOpen: true,
    requestCert: asksCertificate,
    rejectUnauthorized: false,
    handshakeTimeout: withinMs,
    // A browser that was tricked into talking here asks for http (https://alpaca-attack.com).
    ALPNCallback: ({ protocols }) => protocols.find((it) => it === protocol),
  });
  // Those who are connected keep what they agreed on.
  certificate.onRenewed((pair) => server.setSecureContext({ ...secureContext, ...pair }));

  const waiting = new Map<string, { arrival: Arrival; next: (arrival: Arrival) => void }>();
  server.on('secureConnection', (socket) => {
    const { arrival, next } = waiting.get(pathOf(socket)) ?? {};
    const fingerprint = fingerprintOf(socket);
    next?.({ ...arrival, socket, ...(fingerprint !== undefined && { certificate: fingerprint }) });
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    const address = socket.remoteAddress;
    // It ends by an error, which was told already.
    socket.on('error', () => {}).destroy();
    failed();
    tell((others) => log.info({ address, code: error.code, others }, 'a TLS handshake failed'));
  });

  const shakeHands = (arrival: Arrival, next: (arrival: Arrival) => void): void => {
    const { socket } = arrival;
    const path = pathOf(socket);
    waiting.set(path, { arrival, next });
    socket.once('close', () => waiting.delete(path));
    server.emit('connection', socket);
  };
  const refuse = (arrival: Arrival): void => {
    failed();
    const { address } = arrival;
    tell((others) => log.info({ address, others }, 'plain text came where TLS is spoken'));
    explain(arrival);
  };

  return (arrival, next) => {
    let isHandshake = false;
    readHead(arrival.socket, {
      withinMs,
      look: (bytes) => {
        isHandshake = bytes[0] === HANDSHAKE;
        return 0;
      },
      found: () => (isHandshake ? shakeHands(arrival, next) : refuse(arrival)),
      missed: (why) => (why === 'gone' ? arrival.socket.destroy() : refuse(arrival)),
    });
  };
};

/** What tells a connection from all others of its listener; the same for a socket and what secures it. */
const pathOf = ({ remoteAddress, remotePort, localAddress }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress}`;

const fingerprintOf = (socket: TLSSocket): string | undefined =>
  socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', '').toLowerCase();
