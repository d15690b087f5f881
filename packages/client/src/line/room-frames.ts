/** What the wire says of how rooms are run, and by whom. */

/** What somebody is in a room, from the least to the most. */
export const roles = ['member', 'moderator', 'owner', 'operator'] as const;
export type Role = (typeof roles)[number];

/** How a room is set. */
export type RoomSettings = {
  readonly visibility: 'public' | 'private';
  readonly speak: 'everyone' | 'moderators';
  /** How long, in milliseconds, and how many events are kept; 0 is all. */
  readonly keepMs: number;
  readonly keepCount: number;
};

/** A ban: of a nick, of `account:NICK`, or of a range of addresses. Times are in milliseconds since the Unix epoch. */
export type Ban = {
  readonly who: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  /** Never when left out. */
  readonly until?: number;
};

/** What a moderator asks for, and is answered with once it is done. */
export type DeedFrame = { readonly room: string } & (
  | { readonly type: 'kick'; readonly nickname: string; readonly reason?: string }
  | {
      readonly type: 'mute';
      readonly nickname: string;
      readonly reason?: string;
      readonly forMs?: number;
    }
  | { readonly type: 'unmute'; readonly nickname: string }
  | {
      readonly type: 'ban';
      readonly who: string;
      readonly reason?: string;
      readonly forMs?: number;
    }
  | { readonly type: 'unban'; readonly who: string }
  | { readonly type: 'slow'; readonly ms: number }
  | {
      readonly type: 'role';
      readonly nickname: string;
      readonly role: Exclude<Role, 'operator'>;
    }
);

/** What is asked of how a room is run. */
export type RoomRequest =
  | DeedFrame
  | { readonly type: 'bans'; readonly room: string }
  /** Nothing to set: asks how the room is set. */
  | ({ readonly type: 'configure'; readonly room: string } & Partial<RoomSettings>)
  | {
      readonly type: 'invite';
      readonly room: string;
      readonly nickname: string;
      readonly remove?: boolean;
    };

/** What is told of a deed: to whoever asked for it, or (with who did it) to those whom it concerns. */
type ToldDeed = DeedFrame & {
  readonly by?: string;
  /** Of a mute: when it ends, in milliseconds since the Unix epoch; never when left out. */
  readonly until?: number;
};

export type RoomAnswer =
  | ToldDeed
  | {
      readonly type: 'bans';
      readonly room: string;
      readonly count: number;
      /** The newest of them. */
      readonly bans: readonly Ban[];
    }
  | ({
      readonly type: 'configure';
      readonly room: string;
      /** Slow mode: a message a person in so many milliseconds; 0 when it is off. */
      readonly slowMs: number;
      /** What whoever asks is in the room. */
      readonly role: Role;
    } & RoomSettings)
  /** Somebody else set the room so. */
  | ({
      readonly type: 'configure';
      readonly room: string;
      readonly by: string;
    } & RoomSettings)
  | {
      readonly type: 'invite';
      readonly room: string;
      readonly nickname: string;
      readonly remove: boolean;
    }
  /** Somebody may come into a room now. */
  | { readonly type: 'invited'; readonly room: string; readonly by: string };
