import type { Ref, SomeRoomSettings } from '@partyline/protocol';
import type { ModerationRequest } from './moderation.ts';

/** How something is said. */
export type Said = 'message' | 'action' | 'notice';

/**
 * What a client asks for, whatever dialect it spoke. `room` left out is the room the client is
 * talking in. `id` is the client's own, and comes back in the answer.
 */
export type Request =
  /** With a password, or a certificate of it: as the account that the nick is registered to. */
  | {
      readonly type: 'login';
      readonly nick: string;
      readonly password?: string;
      /** Rooms to come into; the lobby when left out. */
      readonly rooms?: readonly string[];
      /** The last event that the client knows of each room; others are read from now on. */
      readonly cursors?: Readonly<Record<string, number>>;
      /** The epoch the cursors belong to; the log's own when left out. */
      readonly epoch?: string;
    }
  /** Comes in as a guest, under a name of the server's choosing. */
  | {
      readonly type: 'visit';
      /** As of `login`. */
      readonly cursors?: Readonly<Record<string, number>>;
      readonly epoch?: string;
    }
  | {
      readonly type: 'resume';
      readonly token: string;
      /** The last event seen of each room. */
      readonly cursors: Readonly<Record<string, number>>;
      /** Of rooms without a cursor, all that was said until then was seen, in milliseconds since the Unix epoch. */
      readonly at?: number;
      /** The epoch the cursors belong to; the log's own when left out. */
      readonly epoch?: string;
    }
  | {
      readonly type: 'say';
      readonly room?: string;
      readonly text: string;
      readonly kind: Said;
      /** What it replies to. */
      readonly ref?: Ref;
      readonly id?: string;
    }
  | {
      readonly type: 'private';
      readonly to: string;
      readonly text: string;
      /** A message when left out. */
      readonly kind?: Said;
      readonly ref?: Ref;
      readonly id?: string;
    }
  | {
      readonly type: 'edit';
      readonly room?: string;
      readonly ref: Ref;
      readonly text: string;
      readonly id?: string;
    }
  | { readonly type: 'delete'; readonly room?: string; readonly ref: Ref; readonly id?: string }
  | {
      readonly type: 'react';
      readonly room?: string;
      readonly ref: Ref;
      readonly reaction: string;
      /** No longer. */
      readonly remove?: boolean;
      readonly id?: string;
    }
  | { readonly type: 'rename'; readonly nick: string }
  | { readonly type: 'away'; readonly text?: string }
  | { readonly type: 'back' }
  | { readonly type: 'setname'; readonly realName: string }
  /** The last room is the one to talk in. */
  | { readonly type: 'join'; readonly rooms: readonly string[] }
  | { readonly type: 'part'; readonly room?: string; readonly reason?: string }
  /** Without text: asks for the topic. */
  | { readonly type: 'topic'; readonly room?: string; readonly text?: string }
  /** Nothing to set: asks how the room is set. */
  | { readonly type: 'configure'; readonly room?: string; readonly settings: SomeRoomSettings }
  | {
      readonly type: 'invite';
      readonly room?: string;
      readonly nick: string;
      readonly remove: boolean;
    }
  /** `stopped`: no longer. */
  | { readonly type: 'typing'; readonly room?: string; readonly stopped?: true }
  /** Asks for a ticket, by which files are taken for a room, or for somebody (`@NICK`). */
  | { readonly type: 'upload'; readonly room?: string; readonly id?: string }
  /** How far the client has read: up to an event, or to whatever was said up to a time. */
  | ({ readonly type: 'mark'; readonly room?: string } & UpTo)
  /** Asks how far its account has read: all that it marked, or these rooms and pairs' logs. */
  | { readonly type: 'markers'; readonly rooms?: readonly string[] }
  /** At most `limit`, as many as a list for people when left out. */
  | { readonly type: 'members'; readonly room?: string; readonly limit?: number }
  | { readonly type: 'rooms' }
  | {
      readonly type: 'history';
      readonly room?: string;
      readonly limit: number;
      readonly before?: number;
      readonly after?: number;
      readonly around?: number;
      /** Milliseconds since the Unix epoch. */
      readonly at?: number;
    }
  /** Without a room: in all that the client is in. */
  | {
      readonly type: 'search';
      readonly room?: string;
      readonly text: string;
      readonly before?: number;
      readonly limit: number;
    }
  | { readonly type: 'register'; readonly password: string }
  /** Without a password: by the certificate that the client shows. */
  | ({ readonly type: 'identify' } & SomeClaim)
  /** Asks for the certificates by which the account is known. */
  | { readonly type: 'certificates' }
  /** Adds one, the one that the client shows when left out; or takes it away. */
  | { readonly type: 'certify' | 'decertify'; readonly fingerprint?: string }
  | {
      readonly type: 'invoke';
      readonly name: string;
      readonly args: string;
      readonly room?: string;
    }
  | ModerationRequest
  /** Asks for the slash commands that somebody registered. */
  | { readonly type: 'commands'; readonly room?: string }
  | { readonly type: 'help' }
  | { readonly type: 'ping'; readonly id?: string }
  | { readonly type: 'quit'; readonly reason?: string }
  /** Looks whether a claim is right, before login. */
  | ({ readonly type: 'prove' } & SomeClaim)
  /** Who goes by these nicks. */
  | { readonly type: 'people'; readonly nicks: readonly string[] }
  /** The same, and the client is told when they come and go from then on. */
  | { readonly type: 'monitor'; readonly nicks: readonly string[] }
  /** It is told no longer; of nobody when left out. */
  | { readonly type: 'unmonitor'; readonly nicks?: readonly string[] }
  /** The last event of every room and pair's log that the client is in. */
  | { readonly type: 'latest' }
  /** What the dialect answers by itself, once all that was asked before is answered. */
  | { readonly type: 'aside' };

/** A nick with its password; or, without one, whose certificate the client shows. */
export type SomeClaim =
  | { readonly nick: string; readonly password: string }
  | { readonly nick?: string; readonly password?: undefined };

/** An event, or a time in milliseconds since the Unix epoch. */
export type UpTo = { readonly seq: number } | { readonly at: number };
export type RequestType = Request['type'];
