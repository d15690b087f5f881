import type { Command, Problem, Receipt, ReceiptOf, RoomState } from '@partyline/protocol';
import type { Answer } from '../answer.ts';
import type { Claim, Identity, Line } from '../line.ts';
import type { Request, RequestType } from '../request.ts';

/** A client that has logged in. */
export type Member = {
  readonly session: string;
  /** The account, or the session of a guest. */
  person: string;
  nick: string;
  /** Rooms it is in. */
  readonly rooms: Set<string>;
  /** The room it talks in when it names none. */
  room: string | undefined;
};

/** Who comes in, and into which rooms; the lobby when none is named. */
export type Entrance = { readonly nick: string; readonly rooms?: readonly string[] };

/** What a request can do with the connection that it came from. */
export interface Desk {
  readonly line: Line;
  /** `asked` is what is answered, if anything. */
  show(answer: Answer, asked?: Request): void;
  /** Publishes for the client, under its own id when it gave one. */
  publish<T extends Receipt['type']>(
    expected: T,
    command: Command,
    id?: string,
  ): Promise<ReceiptOf<T> | Problem>;
  /** A new session id and secret. */
  newToken(): string;
  /** A nick for a guest, which may be taken. */
  newGuestNick(): string;
  /** Asks the line that this connection be the session of a token. */
  open(token: string, as: Entrance | 'resumed'): Promise<ReceiptOf<'opened'> | Problem>;
  /** Asks the same as an account. */
  logIn(token: string, as: Entrance, who: Claim): Promise<ReceiptOf<'opened'> | Problem>;
  /** Becomes the session that was opened, and reads its rooms from these cursors on. */
  enter(receipt: ReceiptOf<'opened'>, cursorOf: (room: RoomState) => number): void;
  /** Comes into a room and reads it from its `since` on. */
  join(room: RoomState): void;
  part(room: string): void;
  /** SHA-256 of the certificate that the client shows, if it does. */
  readonly certificate: string | undefined;
  /** Looks whether a claim is right. */
  prove(who: Claim): Promise<Identity | Problem>;
  /** Has the client told when people under these nicks come and go; resolved when it will be. */
  monitor(nicks: readonly string[]): Promise<void>;
  /** No longer; of nobody when left out. */
  unmonitor(nicks?: readonly string[]): void;
  /** Ends the connection at the client's wish; others are told why, if it said so. */
  quit(reason?: string): void;
}

/** A request of one type. */
export type RequestOf<T extends RequestType> = Extract<Request, { type: T }>;

/** Carries out a request; says what the client is told, if anything. */
export type Handler<T extends RequestType> = (
  desk: Desk,
  request: RequestOf<T>,
  /** Who asks, once logged in. */
  member?: Member,
) => Promise<Answer | Problem | undefined>;

/** Carries out a request of a client that has logged in. */
export type MemberHandler<T extends RequestType> = (
  desk: Desk,
  request: RequestOf<T>,
  member: Member,
) => Promise<Answer | Problem | undefined>;
