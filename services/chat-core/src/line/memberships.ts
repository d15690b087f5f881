import type { MemberRow } from '../store/rows.ts';
import { Unloaded } from './rows.ts';

type RoomsOfSession = ReadonlyMap<string, number>;

/** Who is in which room, as found: session → room → since. */
export type FoundMemberships = ReadonlyMap<string, RoomsOfSession>;

/** Who is in which room: as found, and over it what a batch made of it. */
export class Memberships {
  readonly #found: FoundMemberships;
  readonly #changed = new Map<string, Map<string, number>>();

  constructor(found: FoundMemberships) {
    this.#found = found;
  }

  /** Room → since of a session. Throws Unloaded for one that nobody asked the store for. */
  of(session: string): RoomsOfSession {
    const rooms = this.#changed.get(session) ?? this.#found.get(session);
    if (rooms === undefined) throw new Unloaded(session);
    return rooms;
  }

  /** A new session is in no room yet. */
  begin(session: string): void {
    this.#changed.set(session, new Map());
  }

  enter(session: string, room: string, since: number): void {
    this.#own(session).set(room, since);
  }

  leave(session: string, room: string): void {
    this.#own(session).delete(room);
  }

  changes(): { readonly put: readonly MemberRow[]; readonly drop: readonly MemberRow[] } {
    const put: MemberRow[] = [];
    const drop: MemberRow[] = [];
    for (const [session, rooms] of this.#changed) {
      const found = this.#found.get(session) ?? new Map<string, number>();
      for (const [room, since] of rooms)
        if (found.get(room) !== since) put.push({ room, session, since });
      for (const [room, since] of found) if (!rooms.has(room)) drop.push({ room, session, since });
    }
    return { put, drop };
  }

  #own(session: string): Map<string, number> {
    const own = this.#changed.get(session) ?? new Map(this.of(session));
    this.#changed.set(session, own);
    return own;
  }
}
