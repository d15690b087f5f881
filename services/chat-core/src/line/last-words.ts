import type { Event, EventKind } from '@partyline/protocol';

/** People who are remembered, those who spoke last. */
const REMEMBERED = 100_000;

const spoken: ReadonlySet<EventKind> = new Set<EventKind>(['message', 'action', 'notice']);

/** When people last said something, since chat-core came up. */
export class LastWords {
  readonly #spokeAt = new Map<string, number>();
  /** Who isn't remembered said nothing since. */
  #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  take({ kind, person, at }: Pick<Event, 'kind' | 'person' | 'at'>): void {
    if (!spoken.has(kind)) return;
    this.#spokeAt.delete(person);
    this.#spokeAt.set(person, at);
    if (this.#spokeAt.size <= REMEMBERED) return;
    const [oldest] = this.#spokeAt;
    if (oldest === undefined) return;
    this.#spokeAt.delete(oldest[0]);
    this.#from = Math.max(this.#from, oldest[1]);
  }

  /** When a person who came at a time spoke last, or could have at the latest. */
  of(person: string, since: number): number {
    return this.#spokeAt.get(person) ?? Math.max(this.#from, since);
  }
}
