import type { Line } from './line.ts';
import type { Reader } from './reader.ts';
import type { Occurrence } from './rendering.ts';
import { type RoomParts, RoomReaders } from './room-readers.ts';

/** Which readers each room has on this gateway. A room is followed on the line while it has any. */
export class Hub {
  readonly #line: Line;
  readonly #parts: RoomParts;
  readonly #rooms = new Map<string, RoomReaders>();

  constructor(line: Line, parts: RoomParts) {
    this.#line = line;
    this.#parts = parts;
  }

  /** From now on the reader is shown every event of the room after `cursor`, in order, each once. */
  join(room: string, reader: Reader, cursor: number): void {
    let readers = this.#rooms.get(room);
    if (readers === undefined) {
      this.#line.follow(room, cursor);
      readers = new RoomReaders(room, this.#line.cursor(room) ?? cursor, this.#parts);
      this.#rooms.set(room, readers);
    }
    readers.join(reader, cursor);
  }

  leave(room: string, reader: Reader): void {
    const readers = this.#rooms.get(room);
    if (readers === undefined) return;
    readers.leave(reader);
    if (!readers.isEmpty) return;
    this.#rooms.delete(room);
    this.#line.unfollow(room);
  }

  /** Events that a reader is still to be shown from the logs of rooms. */
  owed(reader: Reader, rooms: Iterable<string>): number {
    let owed = 0;
    for (const room of rooms) owed += this.#rooms.get(room)?.owed(reader) ?? 0;
    return owed;
  }

  /** A reader's renderer becomes another one by `change`. */
  rerender(reader: Reader, rooms: Iterable<string>, change: () => void): void {
    const withheld = [...rooms].flatMap((room) => {
      const readers = this.#rooms.get(room);
      return readers?.withhold(reader) ? readers : [];
    });
    change();
    for (const readers of withheld) readers.goLive(reader);
  }

  /** Something happened in a room. */
  take(room: string, occurrence: Occurrence): void {
    this.#rooms.get(room)?.take(occurrence);
  }

  /** The log became another one: every room goes on at its new end. */
  reset(): void {
    for (const [room, readers] of this.#rooms) readers.reset(this.#line.cursor(room) ?? 0);
  }
}
