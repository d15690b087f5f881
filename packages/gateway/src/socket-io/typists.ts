import type { SignalOf } from '@partyline/protocol';

/** How long somebody counts as typing who does not say so again. */
const TYPING_MS = 5_000;

type Typist = { readonly nick: string; readonly room: string; readonly until: number };

/** Who was told to type, and has not been told to have stopped. */
export class Typists {
  readonly #typists = new Map<string, Typist>();

  heard({ session, nick, room, stopped }: SignalOf<'typing'>, now: number): void {
    const key = `${room} ${session}`;
    if (stopped) this.#typists.delete(key);
    else this.#typists.set(key, { nick, room, until: now + TYPING_MS });
  }

  /** Takes out those who have stopped. */
  takeOver(now: number): readonly Typist[] {
    const over = [...this.#typists].filter(([, { until }]) => until <= now);
    for (const [key] of over) this.#typists.delete(key);
    return over.map(([, typist]) => typist);
  }
}
