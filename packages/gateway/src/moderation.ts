import type { BanInfo, Role } from '@partyline/protocol';

/** What moderators ask for. `room` left out is the one they talk in; `EVERYWHERE` is the server. */
export type ModerationRequest =
  | {
      readonly type: 'kick';
      readonly room?: string;
      readonly nick: string;
      readonly reason?: string;
    }
  | {
      readonly type: 'ban';
      readonly room?: string;
      /** A nick, `account:NICK`, or an address range. */
      readonly who: string;
      readonly reason?: string;
      readonly forMs?: number;
    }
  | { readonly type: 'unban'; readonly room?: string; readonly who: string }
  | {
      readonly type: 'mute';
      readonly room?: string;
      readonly nick: string;
      readonly reason?: string;
      readonly forMs?: number;
    }
  | { readonly type: 'unmute'; readonly room?: string; readonly nick: string }
  /** 0 ends slow mode. */
  | { readonly type: 'slow'; readonly room?: string; readonly ms: number }
  | {
      readonly type: 'role';
      readonly room?: string;
      readonly nick: string;
      readonly role: Exclude<Role, 'operator'>;
    }
  | { readonly type: 'bans'; readonly room?: string };

/** A deed that is done: the request, with the room that it was done in. */
export type Deed = Exclude<ModerationRequest, { readonly type: 'bans' }> & {
  readonly room: string;
};

export type ModerationAnswer =
  | { readonly type: 'moderated'; readonly deed: Deed }
  | {
      readonly type: 'bans';
      readonly room: string;
      readonly count: number;
      /** The newest of them. */
      readonly bans: readonly BanInfo[];
    };
