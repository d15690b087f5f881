import type {
  Certificate,
  CommandInfo,
  Event,
  Marker,
  MemberInfo,
  PersonalDeed,
  PersonInfo,
  Problem,
  Ref,
  Role,
  RoomInfo,
  RoomSettings,
  RoomState,
  SearchPage,
  Signal,
  SomeRoomSettings,
} from '@partyline/protocol';
import type { CloseReason } from './close-reason.ts';
import type { Connection } from './connection.ts';
import type { Identity } from './line.ts';
import type { ModerationAnswer, ModerationRequest } from './moderation.ts';

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
  | { readonly type: 'typing'; readonly room?: string }
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
  | ({ readonly type: 'registered'; readonly changed?: true } & Identity)
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
