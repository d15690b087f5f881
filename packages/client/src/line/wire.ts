/**
 * The json dialect: one JSON object a line, or a WebSocket message (`partyline.v1`). What the server
 * says here it says on every transport.
 */

import type { EventFrame } from './event-frames.ts';
import type { Role, RoomAnswer, RoomRequest } from './room-frames.ts';

/** A room as the session stands in it; `since` is its cursor until it has seen more. */
export type RoomFrame = {
  readonly room: string;
  readonly seq: number;
  readonly since: number;
  readonly members: number;
  readonly topic?: string;
};

export type EnteredFrame = {
  readonly type: 'login';
  readonly success: true;
  readonly nickname: string;
  /** The session is of an account: the nick is one's own. */
  readonly registered?: true;
  readonly session: string;
  /** The token that resumes the session. */
  readonly resume: string;
  readonly resumed: boolean;
  readonly epoch: string;
  readonly sumUsers: number;
  readonly rooms: readonly RoomFrame[];
};
export type RefusedFrame = {
  readonly type: 'login';
  readonly success: false;
  readonly code: string;
  readonly message: string;
};

export type PresenceFrame = {
  readonly type: 'log';
  readonly room: string;
  readonly online: number;
  readonly members: number;
} & (
  | { readonly change: 'joined' | 'back'; readonly nickname: string }
  | { readonly change: 'left'; readonly nickname: string; readonly reason?: string }
  | { readonly change: 'renamed'; readonly nickname: string; readonly was: string }
  | { readonly change: 'away'; readonly nickname: string; readonly text?: string }
  | { readonly change: 'more'; readonly joined: number; readonly left: number }
);

export type HistoryFrame = {
  readonly type: 'history';
  readonly room: string;
  readonly first: number;
  readonly head: number;
  readonly events: readonly EventFrame[];
  /** What was said after them and changes how they are shown. */
  readonly later?: readonly EventFrame[];
};
/** Who is in a room. */
export type ListFrame = {
  readonly type: 'list';
  readonly room: string;
  readonly count: number;
  readonly users: readonly string[];
  readonly members: readonly {
    readonly nickname: string;
    /** Left out of plain members. */
    readonly role?: Role;
    /** Why they don't read at the moment, possibly empty. */
    readonly away?: string;
  }[];
};
/** What was said with some words; without a room, in all that one is in. */
export type SearchFrame = {
  readonly type: 'search';
  readonly room?: string;
  readonly query: string;
  /** Oldest first. */
  readonly events: readonly EventFrame[];
  /** There is more before: to be asked for by `before`. */
  readonly next?: number;
};
export type ErrorFrame = {
  readonly type: 'error';
  readonly code: string;
  readonly message: string;
  readonly id?: string;
  readonly of?: string;
};
export type GapFrame = {
  readonly type: 'gap';
  readonly room: string;
  readonly from: number;
  readonly next: number;
  readonly epoch: string;
};
export type CloseFrame = {
  readonly type: 'close';
  readonly code: string;
  readonly message: string;
  readonly resume: boolean;
};
export type RoomListing = {
  readonly room: string;
  readonly members: number;
  readonly seq: number;
  readonly topic?: string;
  readonly visibility?: 'private';
};

export type JoinFrame = RoomFrame & { readonly type: 'join' };
/** What was said under an id is durable. */
export type AckFrame = {
  readonly type: 'ack';
  readonly id: string;
  readonly room: string;
  readonly seq: number;
};
/** The slash commands that somebody serves in a room. */
export type CommandsFrame = {
  readonly type: 'commands';
  readonly room: string;
  readonly commands: readonly ServedCommand[];
};
/** A slash command that a service or a bot answers. */
export type ServedCommand = {
  readonly name: string;
  /** What stands after the name. */
  readonly usage?: string;
  /** What it is for, as a phrase. */
  readonly about?: string;
};
/** What lets one share files in a place, until a time in milliseconds since the Unix epoch. */
export type TicketFrame = {
  readonly type: 'upload';
  readonly room: string;
  readonly ticket: string;
  readonly until: number;
  readonly id?: string;
};
export type RoomsFrame = { readonly type: 'rooms'; readonly rooms: readonly RoomListing[] };

export type ServerFrame =
  | EnteredFrame
  | RefusedFrame
  | EventFrame
  | PresenceFrame
  | HistoryFrame
  | ErrorFrame
  | GapFrame
  | CloseFrame
  | JoinFrame
  | AckFrame
  | TicketFrame
  | CommandsFrame
  /** The answer to a question for the topic: no event. */
  | { readonly type: 'topic'; readonly room: string; readonly text: string }
  /** `stopped`: no longer. */
  | {
      readonly type: 'typing';
      readonly room: string;
      readonly nickname: string;
      readonly stopped?: true;
    }
  | { readonly type: 'part'; readonly room: string; readonly reason?: string }
  | { readonly type: 'rename'; readonly nickname: string }
  | ListFrame
  | RoomsFrame
  | SearchFrame
  | RoomAnswer
  | { readonly type: 'away'; readonly text?: string }
  | { readonly type: 'back' }
  /** Who was written to doesn't read it now; `message` says so. */
  | { readonly type: 'absent'; readonly nickname: string; readonly message: string }
  | { readonly type: 'pong' }
  | { readonly type: 'identified'; readonly nickname: string }
  | RegisteredFrame;

/** The nickname is an account's; `changed`: it was one already, and has another password. */
export type RegisteredFrame = { readonly type: 'registered'; readonly nickname: string } & (
  | { readonly changed?: undefined }
  /** Other connections that were ended, and certificates that still let in. */
  | { readonly changed: true; readonly ended: number; readonly certificates: number }
);

export type ClientFrame =
  | { readonly type: 'login'; readonly nickname: string; readonly password?: string }
  | {
      readonly type: 'resume';
      readonly token: string;
      readonly cursors: Readonly<Record<string, number>>;
      readonly epoch: string;
    }
  | {
      readonly type: 'broadcast';
      readonly room: string;
      readonly message: string;
      readonly id: string;
      readonly kind?: 'action';
      readonly ref?: number;
    }
  | {
      readonly type: 'p2p';
      readonly to: string;
      readonly message: string;
      readonly id: string;
      readonly ref?: number;
    }
  | {
      readonly type: 'edit';
      readonly room: string;
      readonly ref: number;
      readonly message: string;
    }
  | { readonly type: 'delete'; readonly room: string; readonly ref: number }
  | {
      readonly type: 'react';
      readonly room: string;
      readonly ref: number;
      readonly reaction: string;
      readonly remove?: true;
    }
  | { readonly type: 'join' | 'part' | 'list' | 'typing' | 'commands'; readonly room: string }
  /** `room` may be `@NICK`: that person alone. */
  | { readonly type: 'upload'; readonly room: string; readonly id: string }
  | { readonly type: 'rename'; readonly nickname: string }
  | { readonly type: 'rooms' | 'ping' | 'quit' | 'back' }
  | { readonly type: 'away'; readonly text?: string }
  /** At most one of the places; without, the newest. */
  | {
      readonly type: 'history';
      readonly room: string;
      readonly limit: number;
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      /** Milliseconds since the Unix epoch. */
      readonly at?: number;
    }
  | {
      readonly type: 'search';
      readonly query: string;
      readonly room?: string;
      readonly before?: number;
      readonly limit?: number;
    }
  | RoomRequest
  | { readonly type: 'topic'; readonly room: string; readonly text?: string }
  | { readonly type: 'register'; readonly password: string }
  | { readonly type: 'identify'; readonly nickname: string; readonly password: string }
  | {
      readonly type: 'command';
      readonly name: string;
      readonly args: string;
      readonly room: string;
    };

const eventTypes: ReadonlySet<string> = new Set<EventFrame['type']>([
  ...(['broadcast', 'p2p', 'topic', 'edit', 'delete', 'react', 'unreact'] as const),
]);

/** Whether a frame is an entry of a room's log (and not, say, the answer to a question for the topic). */
export const isEvent = (frame: ServerFrame): frame is EventFrame =>
  eventTypes.has(frame.type) &&
  'seq' in frame &&
  typeof frame.room === 'string' &&
  Number.isInteger(frame.seq);

/** The frame that a message holds, or undefined when it holds none. */
export const parseFrame = (message: unknown): ServerFrame | undefined => {
  if (typeof message !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(message);
    const typed = typeof value === 'object' && value !== null && 'type' in value;
    return typed && typeof value.type === 'string' ? (value as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a room is the log of two persons. */
export const isPairRoom = (room: string): boolean => room.startsWith('~');
