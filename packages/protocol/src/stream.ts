import type { Event } from './event.ts';
import type { Signal } from './signal.ts';

/** One line of a subscribe stream, from chat-core to an instance. */
export type StreamLine =
  | {
      /** The first line. Where the log stands in each room in which the instance has members. */
      readonly type: 'welcome';
      readonly instance: string;
      readonly epoch: string;
      readonly online: number;
      readonly heads: Readonly<Record<string, number>>;
    }
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'online'; readonly online: number }
  | {
      /** One of the instance's sessions came into a room otherwise than by its own join. */
      readonly type: 'entered';
      readonly session: string;
      readonly room: string;
      /** The last event it is not owed. */
      readonly since: number;
    }
  | {
      /** One of the instance's sessions is out of a room otherwise than by its own part. */
      readonly type: 'removed';
      readonly session: string;
      readonly room: string;
      readonly reason: string;
    }
  | {
      /** One of the instance's sessions is over: the connection is to be closed with the reason. */
      readonly type: 'ended';
      readonly session: string;
      /** Resumed: it goes on over another instance; expired: it had been out of touch too long. */
      readonly cause: 'kicked' | 'resumed' | 'expired';
      /** A word by whoever ended it. */
      readonly reason?: string;
    }
  | {
      /** A slash command that this instance registered was used. */
      readonly type: 'invocation';
      readonly id: string;
      readonly name: string;
      readonly args: string;
      readonly room: string;
      readonly session: string;
      readonly nick: string;
      readonly trace?: string;
    }
  | { readonly type: 'heartbeat'; readonly at: number };
export type StreamLineOf<T extends StreamLine['type']> = Extract<StreamLine, { type: T }>;
