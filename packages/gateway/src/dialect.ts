import type { Event, Problem, Signal } from '@partyline/protocol';
import type { Answer } from './answer.ts';
import type { Connection } from './connection.ts';
import type { Request } from './request.ts';

/** Who the client is, once it has logged in. */
export type You = {
  readonly nick: string;
  readonly session: string;
  /** The account, or the session of a guest. */
  readonly person?: string;
};

/**
 * What a room hears, in a dialect. One object stands for all connections that are shown the same
 * bytes: an occurrence is rendered once per renderer, however many read it.
 */
export interface Renderer {
  /** Whether an author hears its own events. */
  readonly echo: boolean;
  /** Its readers are shown signals, and authors their own events, by their interpreter. */
  readonly personal?: true;
  /** A reader that falls behind is not served from the log, but cut: it could not tell old from new. */
  readonly liveOnly?: true;
  /** The frames that show an event; none when the dialect has no way to. */
  event(event: Event): readonly string[];
  /** The same of what was said to one person, in another session of whoever said it; like `event` when left out. */
  sent?(event: Event): readonly string[];
  signal(signal: Signal): readonly string[];
  /** Frames as bytes on the wire (line ends, WebSocket headers). */
  encode(frames: readonly string[]): Uint8Array;
}

/** How one client is shown what others of its renderer are shown otherwise. */
export interface Personal {
  /** Its own event, which the renderer shows to others by these frames. */
  own(event: Event, frames: readonly string[]): readonly string[];
  /** A signal that tells of others than itself. */
  signal(signal: Signal): readonly string[];
}

/** What is to be done for a request once it is carried out. */
export type Sequel = {
  readonly frames: readonly string[];
  /** Carried out before whatever the client asked for since. */
  readonly requests: readonly Request[];
};

/** How a dialect finds out whether a silent client is still there. */
export type Probe = {
  /** A client that was silent for so long is probed; after as long again it is closed. */
  readonly afterMs: number;
  readonly frames: readonly string[];
};

/** What a dialect looks after from time to time, without being asked by its client. */
export type Chores = {
  readonly everyMs: number;
  requests(): readonly Request[];
};

/** One client's half of a dialect: pure, without sockets or timers. */
export interface Interpreter {
  /** May become another one by what is read. */
  readonly renderer: Renderer;
  /** Whether a client of this dialect can come back by resume, so that others need not see it leave at once. */
  readonly resumable: boolean;
  /** What a client asks for by coming. */
  readonly opening?: Request;
  readonly personal?: Personal;
  readonly probe?: Probe;
  readonly chores?: Chores;
  /**
   * What a frame asks for, one after another; a problem when it asks for nothing that can be;
   * undefined when for nothing.
   */
  read(frame: string, you: You | undefined): Request | readonly Request[] | Problem | undefined;
  /** The frames that show an answer; `asked` is the request that it answers, as it was read. */
  show(answer: Answer, you: You | undefined, asked?: Request): readonly string[];
  /** The frames that tell who came, by their nicks, and who went, by the keys of them, of those whom the client monitors. */
  monitored?(came: readonly string[], went: readonly string[]): readonly string[];
  /** What is to be asked to know again who of them is there. */
  remonitor?(): readonly Request[];
  /** A request was carried out, whether there was an answer or not. */
  done?(asked: Request, you: You | undefined): Sequel;
}

/** What is known of a client before it says anything. */
export type Caller = Pick<Connection, 'wire' | 'address' | 'certificate'>;

/** A way of talking. Makes an interpreter per client; renderers are shared between them. */
export interface Dialect {
  readonly name: string;
  interpreter(caller?: Caller): Interpreter;
}
