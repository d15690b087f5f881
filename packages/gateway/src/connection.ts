import type { Problem } from '@partyline/protocol';
import type { CloseReason } from './close-reason.ts';

/**
 * One client's connection as a transport offers it to a session: bytes out, and reading held back.
 * What comes in goes to the session that the gateway made for it. A connection knows no room.
 */
export interface Connection {
  /** `DIALECT+TRANSPORT`, `text+tcp`. */
  readonly wire: string;
  /** The client's address, when the transport has one. */
  readonly address?: string;
  /** SHA-256 of the certificate that the client showed (CertFP), in lower-case hexadecimal. */
  readonly certificate?: string;
  /** Bytes written that the kernel has not taken yet. */
  readonly queuedBytes: number;
  /** Hands over bytes that hold whole frames. Never blocks, keeps order; bytes after the end are dropped. */
  write(bytes: Uint8Array): void;
  /** Stops reading from the client until `resume`; frames already read may still arrive. */
  pause(): void;
  resume(): void;
  /** Ends once all that was written is out. */
  end(reason: CloseReason): void;
  /** Ends at once; what is queued is lost. For a reader that does not read. */
  destroy(reason: CloseReason): void;
}

/** What a transport tells a session. */
export interface Receiver {
  /** A whole frame came. */
  frame(text: string): void;
  /** Something came that is no frame: too long, not UTF-8. The connection goes on. */
  fault(problem: Problem): void;
  /** All that was written has been taken by the kernel. */
  drained(): void;
  /**
   * The connection is over: the client ended it on purpose (FIN, close 1000), or it vanished
   * (reset, timeout). Called once.
   */
  gone(how: 'ended' | 'vanished'): void;
}
