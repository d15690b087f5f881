import type {
  Certificate,
  CommandInfo,
  Envelope,
  EventPage,
  EventQuery,
  InstanceInfo,
  Marker,
  MemberInfo,
  Outcome,
  PasswordChange,
  PersonInfo,
  Problem,
  ReceiptOf,
  RoomInfo,
  SearchPage,
  SearchPlace,
  SearchQuery,
} from '@partyline/protocol';

/** What a gateway needs of the bus. */
export interface Line {
  /** Resolves when the outcome is durable; retried until then. */
  publish(envelope: Envelope): Promise<Outcome>;
  /** More waits than can be sent: read no more from clients until clear. */
  readonly congested: boolean;
  whenClear(): Promise<void>;
  events(room: string, query: EventQuery): Promise<EventPage>;
  /** Rooms, and of private ones those that a session is in. */
  rooms(session: string): Promise<readonly RoomInfo[]>;
  /** The slash commands that somebody serves in a room. */
  commands(room: string): Promise<readonly CommandInfo[]>;
  members(room: string, limit?: number): Promise<{ count: number; members: readonly MemberInfo[] }>;
  instances(): Promise<readonly InstanceInfo[]>;
  /** Those who go by nicks, or have registered them, as the person of a session sees them. */
  people(nicks: readonly string[], session: string): Promise<readonly PersonInfo[]>;
  /** Has the gateway told when people under these nicks come and go, or (`remove`) no longer; by the keys of nicks. */
  monitor(changes: {
    readonly add: readonly string[];
    readonly remove: readonly string[];
  }): Promise<void>;
  /** How far the account of a session has read: all that it marked, or these rooms. */
  markers(session: string, rooms?: readonly string[]): Promise<readonly Marker[]>;
  search(place: SearchPlace, query: SearchQuery): Promise<SearchPage | Problem>;
  /** `changed`: the account had the nick, and has another password now. */
  register(
    session: string,
    password: string,
  ): Promise<(Identity & { readonly changed?: PasswordChange }) | Problem>;
  identify(session: string, who: Claim): Promise<Identity | Problem>;
  /** The certificates by which the account of a session is known. */
  certificates(session: string): Promise<readonly Certificate[] | Problem>;
  /** The same once another one is among them, or (`decertify`) no longer. */
  certify(session: string, fingerprint: string): Promise<readonly Certificate[] | Problem>;
  decertify(session: string, fingerprint: string): Promise<readonly Certificate[] | Problem>;
  /** Opens the session of a token as the account that the nick is registered to. */
  login(who: Login): Promise<ReceiptOf<'opened'> | Problem>;
  /** Looks whether a password is right, and opens nothing. */
  prove(who: Claim & Pick<Login, 'address'>): Promise<Identity | Problem>;
  /** From now on the room's events after `cursor` are delivered, in order, each once. */
  follow(room: string, cursor: number): void;
  unfollow(room: string): void;
  /** The last event of a followed room that was delivered. */
  cursor(room: string): number | undefined;
}

/** Who somebody says to be: a nick with its password, or by a certificate, of the nick if one is given. */
export type Claim =
  | { readonly nick: string; readonly password: string }
  | {
      /** SHA-256, in lower-case hexadecimal. */
      readonly certificate: string;
      readonly nick?: string;
    };

/** Who comes in as an account, and over what. */
export type Login = Claim & {
  readonly token: string;
  readonly wire: string;
  readonly address?: string;
  /** Rooms to come into; the lobby when left out. */
  readonly rooms?: readonly string[];
};

/** An account, and the nick it goes by. */
export type Identity = {
  readonly nick: string;
  /** Its id. */
  readonly account: string;
  /** The nick that it has registered. */
  readonly accountNick: string;
};
