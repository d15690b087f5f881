import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure, type TLSSocket } from 'node:tls';
import type { Address } from '../address/address.ts';
import type { Trust } from '../address/trust.ts';

/** Why no connection could be made. */
export type Unreachable =
  | { readonly code: 'refused' | 'no-host' | 'no-socket' | 'not-allowed' | 'no-way' | 'not-tls' }
  | { readonly code: 'other'; readonly detail: string }
  /** Nobody known signed the certificate, or it isn't the one that was pinned. */
  | { readonly code: 'untrusted'; readonly why: string; readonly fingerprint: string }
  | { readonly code: 'pin-differs'; readonly fingerprint: string };

/** No connection could be made. */
export class UnreachableError extends Error {
  readonly why: Unreachable;

  constructor(why: Unreachable) {
    super(why.code);
    this.why = why;
  }
}

const KEEP_ALIVE_MS = 30_000;

const codes: Readonly<
  Record<string, Exclude<Unreachable['code'], 'other' | 'untrusted' | 'pin-differs'>>
> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'no-host',
  EAI_AGAIN: 'no-host',
  ENOENT: 'no-socket',
  ENOTSOCK: 'no-socket',
  EACCES: 'not-allowed',
  EPERM: 'not-allowed',
  EHOSTUNREACH: 'no-way',
  ENETUNREACH: 'no-way',
  ETIMEDOUT: 'no-way',
};

const whyOf = (error: NodeJS.ErrnoException): Unreachable => {
  // Several addresses of one name were tried; the first tells as much as any.
  const first =
    error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException) : error;
  const code = first.code ?? '';
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return { code: 'not-tls' };
  const known = codes[code];
  return known === undefined ? { code: 'other', detail: first.message } : { code: known };
};

/** Whether a certificate may be trusted; called before a byte of ours goes out. */
const checkCertificate = (socket: TLSSocket, { pin }: Trust): void => {
  const { fingerprint256 = '' } = socket.getPeerCertificate();
  const fingerprint = fingerprint256.replaceAll(':', '').toLowerCase();
  if (pin !== undefined) {
    if (fingerprint !== pin) throw new UnreachableError({ code: 'pin-differs', fingerprint });
    return;
  }
  if (socket.authorized) return;
  // Typed as an error, it is the error's code for all but mismatched names.
  const error: unknown = socket.authorizationError;
  const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  throw new UnreachableError({ code: 'untrusted', why, fingerprint });
};

/** Opens a stream to an address; over TLS, to a certificate that is trusted. Rejects with `UnreachableError`. */
export const openStream = async (
  address: Address,
  trust: Trust,
  signal: AbortSignal,
): Promise<Socket> => {
  if (address.over === 'unix')
    return opened(connectPlain({ path: address.path }), 'connect', signal);
  const { host, port, over } = address;
  const tcp = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS };
  if (over === 'tcp' || over === 'ws') return opened(connectPlain(tcp), 'connect', signal);
  const secure = connectSecure({
    ...tcp,
    // RFC 6066 §3 has no addresses in a server name.
    ...(isIP(host) === 0 && { servername: host }),
    ...(trust.ca !== undefined && { ca: trust.ca }),
    minVersion: 'TLSv1.2',
    // Checked below, where a pin can stand in for an authority and the fingerprint can be told.
    rejectUnauthorized: false,
  });
  const socket = await opened(secure, 'secureConnect', signal);
  try {
    checkCertificate(socket, trust);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
};

const opened = async <S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> => {
  try {
    await once(socket, event, { signal });
    return socket;
  } catch (error) {
    socket.on('error', () => {}).destroy();
    throw new UnreachableError(whyOf(error as NodeJS.ErrnoException));
  }
};
