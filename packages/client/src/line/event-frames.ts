/** Entries of rooms' logs, as the wire tells them. */

import type { Card } from '@partyline/protocol';

/** What every entry of a room's log carries. `at` is in milliseconds since the Unix epoch. */
type Numbered = {
  readonly room: string;
  readonly seq: number;
  readonly at: number;
  readonly id: string;
};

/** What an entry refers to, and the beginning of that as it was then. */
type Referring = {
  readonly ref?: number;
  readonly quote?: { readonly nickname: string; readonly message: string };
  /** Nicks that the text tells by `@nick`. */
  readonly mentions?: readonly string[];
};

/** What a service said, as more than text: of a type that may not be known here. */
type Carded = { readonly card?: Card };

export type BroadcastFrame = Numbered &
  Referring &
  Carded & {
    readonly type: 'broadcast';
    readonly nickname: string;
    readonly message: string;
    readonly kind?: 'action' | 'notice';
    /** It was a bot that said it. */
    readonly bot?: true;
  };
export type PrivateFrame = Numbered &
  Referring &
  Carded & {
    readonly type: 'p2p';
    readonly from: string;
    readonly to: string;
    readonly message: string;
  };
export type TopicEventFrame = Numbered & {
  readonly type: 'topic';
  readonly nickname: string;
  readonly text: string;
};
/** An entry that changes how the one it refers to is shown. */
export type ReferenceFrame = Numbered & {
  readonly nickname: string;
  readonly ref: number;
  /** The beginning of what it refers to, as it was then. */
  readonly quote?: { readonly nickname: string; readonly message: string };
  /** In the log of two people: whom it was told. */
  readonly to?: string;
} & (
    | { readonly type: 'edit'; readonly message: string }
    | { readonly type: 'delete' }
    | {
        readonly type: 'react' | 'unreact';
        readonly reaction: string;
        /** The same for one person, whatever they are called. */
        readonly person?: string;
      }
  );
/** What somebody said. */
export type SpokenFrame = BroadcastFrame | PrivateFrame;
/** An entry of a room's log, live or in a history page. */
export type EventFrame = SpokenFrame | TopicEventFrame | ReferenceFrame;

/** Whether an entry changes how another is shown. */
export const isReference = (frame: EventFrame): frame is ReferenceFrame =>
  frame.type !== 'broadcast' && frame.type !== 'p2p' && frame.type !== 'topic';
