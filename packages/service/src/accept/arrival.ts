import type { Socket } from 'node:net';
import { plainAddress } from '../plain-address.ts';

/** A socket that was accepted, on its way to become a client's connection. */
export type Arrival = {
  readonly socket: Socket;
  /** Where the client is, as far as that is known; a Unix socket has no address. */
  readonly address?: string;
  /** Whether it is a proxy that speaks TLS with the client. */
  readonly isSecure?: boolean;
  /** SHA-256 of the certificate that the client showed, in lower-case hexadecimal. */
  readonly certificate?: string;
};

/** A socket as it was accepted. */
export const arrivalOf = (socket: Socket): Arrival => {
  const { remoteAddress } = socket;
  return remoteAddress === undefined
    ? { socket }
    : { socket, address: plainAddress(remoteAddress) };
};

/** A part of the way: hands on what comes through, and ends what doesn't. */
export type Stage = (arrival: Arrival, next: (arrival: Arrival) => void) => void;

/** The stage that lets everything through. */
export const straightOn: Stage = (arrival, next) => next(arrival);
