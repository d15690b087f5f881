/** What one instance reads. */
type Reading = {
  /** Live sessions by room. */
  readonly sessions: Map<string, number>;
  /** Rooms it reads without a session in them. */
  readonly follows: Set<string>;
};

/** Which instances with a stream read which room: those with a live session there, or that follow it. */
export class Readers {
  readonly #instances = new Map<string, Reading>();
  readonly #rooms = new Map<string, Set<string>>();

  /** An instance's stream begins; what it read before is forgotten. */
  attach(
    instance: string,
    sessions: ReadonlyMap<string, number>,
    follows: readonly string[],
  ): void {
    this.drop(instance);
    const reading = { sessions: new Map(sessions), follows: new Set(follows) };
    this.#instances.set(instance, reading);
    for (const room of [...sessions.keys(), ...follows]) this.#add(room, instance);
  }

  drop(instance: string): void {
    const reading = this.#instances.get(instance);
    if (reading === undefined) return;
    this.#instances.delete(instance);
    for (const room of [...reading.sessions.keys(), ...reading.follows])
      this.#remove(room, instance);
  }

  /** An instance has one live session more or less in a room. */
  change(instance: string, room: string, by: 1 | -1): void {
    const reading = this.#instances.get(instance);
    if (reading === undefined) return;
    const count = (reading.sessions.get(room) ?? 0) + by;
    if (count > 0) {
      reading.sessions.set(room, count);
      this.#add(room, instance);
      return;
    }
    reading.sessions.delete(room);
    if (!reading.follows.has(room)) this.#remove(room, instance);
  }

  /** An instance does not read a room any more in which it has no session. */
  unfollow(instance: string, room: string): void {
    const reading = this.#instances.get(instance);
    if (reading?.follows.delete(room) && !reading.sessions.has(room)) this.#remove(room, instance);
  }

  /** The instances that read a room. */
  of(room: string): ReadonlySet<string> {
    return this.#rooms.get(room) ?? none;
  }

  #add(room: string, instance: string): void {
    const instances = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, instances.add(instance));
  }

  #remove(room: string, instance: string): void {
    const instances = this.#rooms.get(room);
    instances?.delete(instance);
    if (instances?.size === 0) this.#rooms.delete(room);
  }
}

const none: ReadonlySet<string> = new Set();
