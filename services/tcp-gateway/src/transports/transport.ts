import type { Socket } from 'node:net';
import type { Log } from '@partyline/service';

/** What a transport needs to listen. */
export type ListenOptions = {
  /** Connections that the kernel holds until they are accepted. */
  readonly backlog: number;
  /** How long a connection may be silent before the kernel asks whether it still is; 0 is never. */
  readonly keepaliveMs: number;
  readonly log: Log;
  /** Takes a new connection. */
  accept(socket: Socket): void;
  /** A connection could not be accepted. */
  acceptFailed(): void;
};

/** An open door. */
export interface Listening {
  /** The address that clients connect to, `//HOST:PORT`; `publicHost` stands in for one that is every address. */
  address(publicHost: string): string;
  /** Accepts nobody any more. Those who are connected stay. */
  stop(): void;
}

/** A way to be reached. The part of a listener URL after the scheme says where. */
export interface Transport {
  /** What an address of it looks like, for people. */
  readonly example: string;
  /** Whether a listener URL names an address of this transport. */
  fits(url: URL): boolean;
  /** Rejects when the address can't be listened on. */
  listen(url: URL, options: ListenOptions): Promise<Listening>;
}
