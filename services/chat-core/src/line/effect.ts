import type { Event, PresenceChange, SignalOf, StreamLine } from '@partyline/protocol';
import type { HookRow } from '../store/hooks/rows.ts';

/** What others are told of once a batch is durable, in the order it was decided. */
export type Effect =
  | { readonly type: 'event'; readonly event: Event }
  /** Told to a room as it is. */
  | { readonly type: 'signal'; readonly signal: SignalOf<'typing' | 'deed'> }
  | {
      readonly type: 'presence';
      readonly room: string;
      readonly change: PresenceChange;
      /** People in the room after it. */
      readonly members: number;
    }
  | { readonly type: 'online'; readonly online: number }
  /** People came or went: the nicks, and the keys of nicks, that are held now, or no longer. */
  | { readonly type: 'names'; readonly came: readonly string[]; readonly went: readonly string[] }
  /** The nicks that an instance monitors, by their keys. */
  | { readonly type: 'monitors'; readonly instance: string; readonly keys: readonly string[] }
  /** One instance is told something. */
  | { readonly type: 'line'; readonly instance: string; readonly line: StreamLine }
  /** An instance has one live session more or less in a room. */
  | {
      readonly type: 'reads';
      readonly instance: string;
      readonly room: string;
      readonly by: 1 | -1;
    }
  /** An instance's stream begins here: where the logs stand, and what it reads from now on. */
  | {
      readonly type: 'attached';
      readonly instance: string;
      readonly online: number;
      readonly heads: Readonly<Record<string, number>>;
      /** Live sessions by room. */
      readonly sessions: ReadonlyMap<string, number>;
      readonly follows: readonly string[];
    }
  /** An instance's stream broke. */
  | { readonly type: 'lapsed'; readonly instance: string }
  /** An instance's stream is at another chat-core by now. */
  | { readonly type: 'elsewhere'; readonly instance: string }
  /** An instance does not read a room any more. */
  | { readonly type: 'unfollows'; readonly instance: string; readonly room: string }
  /** An instance reads nothing until its stream begins anew. */
  | { readonly type: 'silent'; readonly instance: string }
  /** There is a bot, or is no more. */
  | { readonly type: 'bot'; readonly bot: string }
  /** An outgoing webhook was made, changed, or (undefined) is no more. */
  | { readonly type: 'hook'; readonly hook: string; readonly row: HookRow | undefined }
  | { readonly type: 'gone'; readonly instance: string };
