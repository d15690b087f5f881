import type { ClientFrame, ServerFrame } from './wire.ts';

/** Why a connection ended, as far as its transport tells. */
export type End = {
  /** WebSocket's close code; other transports have none. */
  readonly code?: number;
  /** In words, possibly none. */
  readonly reason: string;
};

/** What one connection tells. After `closed` or `failed` it tells nothing more. */
export type DialEvents = {
  opened(): void;
  heard(frame: ServerFrame): void;
  closed(end: End): void;
  /** It can't be made, and trying again would not change that. */
  failed(reason: { readonly code: string; readonly message: string }): void;
};

/** A connection to the server, whatever moves its bytes. */
export type Connection = {
  /** Before it is open and after it ended, what is sent is dropped. */
  send(frame: ClientFrame): void;
  /** Ends it without a goodbye: the session can be resumed. */
  hangUp(): void;
};

/** Makes one connection. */
export type Dial = (events: DialEvents) => Connection;
