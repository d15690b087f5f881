import type {
  Certificate,
  CommandInfo,
  Event,
  Marker,
  MemberInfo,
  PasswordChange,
  PersonalDeed,
  PersonInfo,
  Problem,
  Role,
  RoomInfo,
  RoomSettings,
  RoomState,
  SearchPage,
} from '@partyline/protocol';
import type { CloseReason } from './close-reason.ts';
import type { Identity } from './line.ts';
import type { ModerationAnswer } from './moderation.ts';
import type { RequestType } from './request.ts';

/** What one client is told, and nobody else. */
export type Answer =
  /** On connect. */
  | { readonly type: 'greeting'; readonly online: number }
  /** After login and after resume (`resumed`). */
  | {
      readonly type: 'opened';
      readonly resumed: boolean;
      readonly session: string;
      readonly token: string;
      readonly nick: string;
      readonly account?: string;
      /** The nick that the account has registered. */
      readonly accountNick?: string;
      readonly epoch: string;
      readonly online: number;
      readonly rooms: readonly RoomState[];
    }
  /** `request` is what was refused; undefined when it was not understood. */
  | {
      readonly type: 'refused';
      readonly request?: RequestType;
      readonly problem: Problem;
      readonly id?: string;
    }
  /** The message is durable. */
  | {
      readonly type: 'published';
      readonly room: string;
      readonly seq: number;
      readonly at: number;
      readonly id?: string;
    }
  | { readonly type: 'away'; readonly text?: string }
  | { readonly type: 'back' }
  /** Who was written to does not read it now: is away with a word about why, or not there at all. */
  | {
      readonly type: 'absent';
      readonly nick: string;
      readonly reason: 'away' | 'offline';
      readonly text?: string;
    }
  | { readonly type: 'setname'; readonly realName: string }
  | { readonly type: 'joined'; readonly room: RoomState }
  | { readonly type: 'parted'; readonly room: string }
  /** `elsewhere`: by another session of the account. */
  | { readonly type: 'renamed'; readonly nick: string; readonly elsewhere?: true }
  | ({ readonly type: 'topic'; readonly room: string } & Pick<
      RoomInfo,
      'topic' | 'topicBy' | 'topicAt'
    >)
  | {
      readonly type: 'members';
      readonly room: string;
      readonly count: number;
      readonly members: readonly MemberInfo[];
    }
  | { readonly type: 'rooms'; readonly rooms: readonly RoomInfo[] }
  | {
      readonly type: 'history';
      readonly room: string;
      readonly events: readonly Event[];
      /** What was said after them and changes how they are shown. */
      readonly later?: readonly Event[];
      /** The first and last numbers that the log has. */
      readonly first: number;
      readonly head: number;
    }
  | {
      readonly type: 'configured';
      readonly room: string;
      readonly settings: RoomSettings;
      readonly slowMs: number;
      /** What the client is in the room. */
      readonly role: Role;
    }
  /** Where files are taken with the ticket, until a time in milliseconds since the Unix epoch. */
  | {
      readonly type: 'ticket';
      readonly room: string;
      readonly url: string;
      readonly ticket: string;
      readonly until: number;
      readonly id?: string;
    }
  /** Somebody may come into a room now, or (`remove`) no longer. */
  | {
      readonly type: 'invitation';
      readonly room: string;
      readonly nick: string;
      readonly remove: boolean;
    }
  /** Told to whom somebody else invited. */
  | { readonly type: 'invited'; readonly room: string; readonly by: string }
  | ({ readonly type: 'search'; readonly text: string; readonly room?: string } & SearchPage)
  /** `changed`: the client's account had the nick, and has another password now. */
  | ({ readonly type: 'registered'; readonly changed?: PasswordChange } & Identity)
  | ({ readonly type: 'identified' } & Identity)
  | ({ readonly type: 'proven' } & Identity)
  /** In any order; nobody goes by the nicks that are left out. */
  | { readonly type: 'people'; readonly people: readonly PersonInfo[] }
  | { readonly type: 'latest'; readonly events: readonly Event[] }
  /** By this or another session of the account. */
  | ({ readonly type: 'marked' } & Marker)
  | { readonly type: 'certificates'; readonly certificates: readonly Certificate[] }
  | { readonly type: 'markers'; readonly markers: readonly Marker[] }
  | { readonly type: 'aside' }
  | ModerationAnswer
  | {
      readonly type: 'commands';
      readonly room: string;
      readonly commands: readonly CommandInfo[];
    }
  /** With the commands that somebody registered, as far as they are known. */
  | { readonly type: 'help'; readonly commands: readonly CommandInfo[] }
  | { readonly type: 'pong'; readonly id?: string }
  /** A moderator did something to the client, which goes by `nick`; `EVERYWHERE` is the server. */
  | {
      readonly type: 'concerned';
      readonly room: string;
      readonly nick: string;
      readonly by: string;
      readonly what: PersonalDeed;
    }
  /** Put out of a room by somebody else, who needn't have said why; or for a reason that a problem tells. */
  | {
      readonly type: 'removed';
      readonly room: string;
      readonly reason: string;
      /** The nick of whoever did it, if somebody did. */
      readonly by?: string;
      readonly problem?: Problem;
    }
  /** Events from `from` on cannot be had any more; the log goes on at `next`, in `epoch`. */
  | {
      readonly type: 'gap';
      readonly room: string;
      readonly from: number;
      readonly next: number;
      readonly epoch: string;
    }
  | { readonly type: 'closing'; readonly reason: CloseReason; readonly detail?: string };
