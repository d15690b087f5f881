import { isPairRoom, LOBBY, type ReceiptOf, type RoomState } from '@partyline/protocol';
import type { GatewayParts } from './gateway.ts';
import type { Member } from './requests/desk.ts';
import type { Session } from './session.ts';

type State =
  | { readonly at: 'door' }
  /** The line was asked; `entered` are rooms that it put the session in before its answer came. */
  | {
      readonly at: 'opening';
      readonly session: string;
      readonly entered: Map<string, number>;
      /** Of which the line told before its answer came. */
      nick?: string;
    }
  | { readonly at: 'in'; readonly member: Member }
  | { readonly at: 'over' };

/** Where one client stands: at the door, being opened, in and in which rooms, over. */
export class Standing {
  readonly #session: Session;
  readonly #parts: Pick<GatewayParts, 'hub' | 'sessions' | 'counts'>;
  #state: State = { at: 'door' };

  constructor(session: Session, parts: Pick<GatewayParts, 'hub' | 'sessions' | 'counts'>) {
    this.#session = session;
    this.#parts = parts;
  }

  get at(): State['at'] {
    return this.#state.at;
  }

  /** Who the client is, while it is in. */
  get member(): Member | undefined {
    return this.#state.at === 'in' ? this.#state.member : undefined;
  }

  /** The line is asked that the client be a session. */
  open(session: string): void {
    this.#state = { at: 'opening', session, entered: new Map() };
    this.#parts.sessions.arrive(this.#session, session);
  }

  /** The line said no. */
  turnAway(): void {
    this.#parts.sessions.turnAway(this.#session);
    this.#state = { at: 'door' };
  }

  /** The line said yes: from here on the client reads its rooms, each from its cursor. */
  enter(receipt: ReceiptOf<'opened'>, cursorOf: (room: RoomState) => number): void {
    if (this.#state.at !== 'opening') return;
    const { entered, nick = receipt.nick } = this.#state;
    const { session, account: person = session } = receipt;
    const member: Member = { session, person, nick, rooms: new Set(), room: undefined };
    this.#state = { at: 'in', member };
    this.#parts.sessions.admit(this.#session, session);
    this.#parts.counts.sessions += 1;
    for (const room of receipt.rooms) this.#read(member, room.room, cursorOf(room));
    for (const [room, since] of entered) this.#read(member, room, since);
    member.room = roomToTalkIn(member.rooms);
  }

  /** The client is in a room from `since` on; one that is still being opened, once it is in. */
  join(room: string, since: number): void {
    if (this.#state.at === 'opening') this.#state.entered.set(room, since);
    if (this.#state.at === 'in') this.#read(this.#state.member, room, since);
  }

  part(room: string): void {
    if (this.#state.at !== 'in') return;
    const { member } = this.#state;
    this.#parts.hub.leave(room, this.#session);
    member.rooms.delete(room);
    if (member.room === room) member.room = roomToTalkIn(member.rooms);
  }

  /** The client goes by another nick; one that is still being opened, once it is in. */
  rename(nick: string): void {
    if (this.#state.at === 'opening') this.#state.nick = nick;
    if (this.#state.at === 'in') this.#state.member.nick = nick;
  }

  /** The client is out of everything, and stays out. */
  leave(): void {
    const { member } = this;
    if (member !== undefined) {
      for (const room of member.rooms) this.#parts.hub.leave(room, this.#session);
      this.#parts.counts.sessions -= 1;
    }
    this.#parts.sessions.forget(this.#session, member?.session ?? '');
    this.#state = { at: 'over' };
  }

  #read(member: Member, room: string, cursor: number): void {
    if (member.rooms.has(room)) return;
    member.rooms.add(room);
    this.#parts.hub.join(room, this.#session, cursor);
  }
}

/** The room to talk in when none was chosen: the lobby, or another that is no pair's. */
const roomToTalkIn = (rooms: ReadonlySet<string>): string | undefined =>
  rooms.has(LOBBY) ? LOBBY : [...rooms].find((room) => !isPairRoom(room));
