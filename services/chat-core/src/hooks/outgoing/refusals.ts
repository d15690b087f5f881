/** An event that is refused so often is passed over: after four to nine minutes, as tries grow rarer. */
export const REFUSALS = 10;

/**
 * Whether an answer says that the request itself is at fault, so that it will be refused as it is the
 * next time: 4xx (RFC 9110 §15.5), but for those that ask for another try.
 */
export const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && ![408, 425, 429].includes(status);

/** How often the event of each room that is next was refused. */
export class Refusals {
  readonly #rooms = new Map<string, { readonly seq: number; readonly count: number }>();

  /** Counts one more; how many it are. */
  count(room: string, seq: number): number {
    const known = this.#rooms.get(room);
    const count = known?.seq === seq ? known.count + 1 : 1;
    this.#rooms.set(room, { seq, count });
    return count;
  }

  forget(room: string): void {
    this.#rooms.delete(room);
  }
}
