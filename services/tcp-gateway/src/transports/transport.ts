import type { AcceptOptions } from '@partyline/service';

/** What a transport needs to listen. */
export type ListenOptions = AcceptOptions & {
  /** The folder that a Unix socket's relative path is in. */
  readonly folder: string;
};

/** An open door. */
export interface Listening {
  /** The address that clients connect to, as in a URL; `publicHost` stands in for one that is every address. */
  address(publicHost: string): string;
  /** Accepts nobody any more. Those who are connected stay. */
  stop(): void;
}

/** A way to be reached. The part of a listener URL after the scheme says where. */
export interface Transport {
  /** What an address of it looks like, for people. */
  readonly example: string;
  /** Whether what it carries is secured by TLS. */
  readonly isSecure: boolean;
  /** Whether a listener URL names an address of this transport. */
  fits(url: URL): boolean;
  /** Rejects when the address can't be listened on. */
  listen(url: URL, options: ListenOptions): Promise<Listening>;
}
