import type { Session } from './session.ts';

/** Every session of a gateway, by id, and every connection, logged in or not. */
export class Sessions {
  readonly #all = new Set<Session>();
  readonly #members = new Map<string, Session>();
  /** Those that asked the line to be a session, and which. */
  readonly #arriving = new Map<Session, string>();

  #onEmpty: (() => void)[] = [];

  get size(): number {
    return this.#all.size;
  }

  add(session: Session): void {
    this.#all.add(session);
  }

  /** Everybody, in the order they came. Safe while they leave. */
  all(): readonly Session[] {
    return [...this.#all];
  }

  /** The ids that the line is to keep for this gateway. */
  ids(): readonly string[] {
    return [...new Set([...this.#members.keys(), ...this.#arriving.values()])];
  }

  member(id: string): Session | undefined {
    return this.#members.get(id);
  }

  /** Those who are, or may be about to be, a session. */
  *claimants(id: string): Iterable<Session> {
    const member = this.#members.get(id);
    if (member !== undefined) yield member;
    for (const [session, wanted] of this.#arriving) if (wanted === id) yield session;
  }

  arrive(session: Session, id: string): void {
    this.#arriving.set(session, id);
  }

  turnAway(session: Session): void {
    this.#arriving.delete(session);
  }

  /** Makes a connection the session `id`; another one that was it until now is ended. */
  admit(session: Session, id: string): void {
    this.#arriving.delete(session);
    const before = this.#members.get(id);
    this.#members.set(id, session);
    if (before !== undefined && before !== session) before.ended('resumed');
  }

  forget(session: Session, id: string): void {
    this.#all.delete(session);
    this.#arriving.delete(session);
    if (this.#members.get(id) === session) this.#members.delete(id);
    if (this.#all.size > 0) return;
    for (const act of this.#onEmpty) act();
    this.#onEmpty = [];
  }

  /** Resolved when nobody is left. */
  whenEmpty(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#all.size === 0) resolve();
      else this.#onEmpty.push(resolve);
    });
  }
}
