import type { End } from './dial.ts';
import type { Outgoing } from './outgoing.ts';
import type { ClientFrame, CloseFrame, ServerFrame } from './wire.ts';

/** Why there is no line, in the server's words when it said some. */
export type Reason = { readonly code: string; readonly message: string };

export type Phase =
  /** Nobody has entered, or the server didn't let them. */
  | { readonly is: 'out'; readonly reason?: Reason }
  | { readonly is: 'connecting'; readonly attempt: number }
  /** Connected, and asked to be let in. */
  | { readonly is: 'entering'; readonly attempt: number; readonly by: 'login' | 'resume' }
  /** `asked`: a ping is out and nothing was heard since. */
  | {
      readonly is: 'in';
      readonly attempt: number;
      readonly asked: boolean;
      readonly farewell?: CloseFrame;
    }
  /** The line broke, `why` in the transport's words; the next attempt is `attempt`. */
  | { readonly is: 'waiting'; readonly attempt: number; readonly why?: string }
  /** The server ended the session for good. */
  | { readonly is: 'over'; readonly reason: Reason };

/** What resumes a session. */
export type Ticket = {
  readonly token: string;
  readonly session: string;
  /** Of the log; cursors hold only within it. */
  readonly epoch: string;
};

/** All that has to outlive the client: the connection is made anew from it. */
export type Held = {
  readonly nick: string;
  readonly ticket: Ticket | undefined;
  /** The last event seen of each room. */
  readonly cursors: Readonly<Record<string, number>>;
  /** In the order they were written. */
  readonly outgoing: readonly Outgoing[];
};

export type LineState = Held & {
  readonly phase: Phase;
  /** What the nick is logged in to with. Kept for as long as the client lives, and nowhere else. */
  readonly password: string | undefined;
  /** Whether the browser believes that there is a network. */
  readonly network: boolean;
};

export type Input =
  | { readonly type: 'enter'; readonly nick: string; readonly password?: string }
  /** `silently`: without a goodbye, so that the session can be resumed. */
  | { readonly type: 'leave'; readonly silently?: true }
  | { readonly type: 'opened' }
  | ({ readonly type: 'closed' } & End)
  /** No connection can be made, however often it is tried. */
  | { readonly type: 'failed'; readonly reason: Reason }
  | { readonly type: 'heard'; readonly frame: ServerFrame }
  | { readonly type: 'alarm' }
  | { readonly type: 'network'; readonly up: boolean }
  /** Somebody looks at the page: find out now how the line is. */
  | { readonly type: 'nudge' }
  | { readonly type: 'send'; readonly message: Omit<Outgoing, 'state'> }
  | { readonly type: 'discard'; readonly id: string }
  /** A request that is only worth while while the line is up. */
  | { readonly type: 'ask'; readonly frame: ClientFrame };

export type Effect =
  | { readonly do: 'connect' }
  | { readonly do: 'disconnect' }
  | { readonly do: 'write'; readonly frame: ClientFrame }
  /** Sets the one alarm, in place of the last. `backoff`: as long as that attempt is to be put off. */
  | { readonly do: 'alarm'; readonly ms: number }
  | { readonly do: 'alarm'; readonly backoff: number }
  | { readonly do: 'quiet' }
  /** Tells the conversations; each event comes once and in order. */
  | { readonly do: 'deliver'; readonly frame: ServerFrame };

export type Step = readonly [LineState, readonly Effect[]];
export const newLine = (held?: Held): LineState => ({
  nick: '',
  ticket: undefined,
  cursors: {},
  outgoing: [],
  ...held,
  phase: { is: 'out' },
  password: undefined,
  network: true,
});
