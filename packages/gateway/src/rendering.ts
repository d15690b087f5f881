import type { Event, Signal, StreamLineOf } from '@partyline/protocol';
import type { Renderer } from './dialect.ts';

/** What happened in a room. */
export type Occurrence = StreamLineOf<'event'> | StreamLineOf<'signal'>;

/** Whether an event is shown to the session that published it. */
export const isShown = (event: Event, renderer: Renderer, session: string): boolean =>
  renderer.echo || event.session !== session;

/** The sessions that a signal tells about. */
const actors = (signal: Signal): readonly string[] =>
  signal.type === 'typing' ? [signal.session] : signal.changes.map((change) => change.session);

/** A signal without what it tells about one session, or undefined when nothing is left. */
const without = (signal: Signal, session: string): Signal | undefined => {
  if (signal.type === 'typing') return signal.session === session ? undefined : signal;
  const changes = signal.changes.filter((change) => change.session !== session);
  if (changes.length === 0 && signal.moreJoined + signal.moreLeft === 0) return undefined;
  return { ...signal, changes };
};

/**
 * What happened in a room in one turn, in one dialect: the same bytes for all who only listened,
 * rendered once; bytes of their own for those who did some of it.
 */
export class Rendering {
  /** For everyone who did none of it. */
  readonly bytes: Uint8Array;
  readonly #occurrences: readonly Occurrence[];
  readonly #renderer: Renderer;
  readonly #frames: readonly (readonly string[])[];
  readonly #actors = new Set<string>();

  constructor(occurrences: readonly Occurrence[], renderer: Renderer) {
    this.#occurrences = occurrences;
    this.#renderer = renderer;
    this.#frames = occurrences.map((it) =>
      it.type === 'event' ? renderer.event(it.event) : renderer.signal(it.signal),
    );
    for (const it of occurrences) {
      if (it.type === 'signal') for (const session of actors(it.signal)) this.#actors.add(session);
      else if (!renderer.echo) this.#actors.add(it.event.session);
    }
    this.bytes = renderer.encode(this.#frames.flat());
  }

  /** What one session is shown of all of it. */
  of(session: string): Uint8Array {
    return this.#actors.has(session) ? this.pick(session, () => true) : this.bytes;
  }

  /** What one session is shown of a part of it. */
  pick(session: string, wanted: (it: Occurrence) => boolean): Uint8Array {
    const frames = this.#occurrences.flatMap((it, index) =>
      wanted(it) ? this.#shown(it, this.#frames[index] ?? [], session) : [],
    );
    return this.#renderer.encode(frames);
  }

  #shown(it: Occurrence, frames: readonly string[], session: string): readonly string[] {
    if (it.type === 'event') return isShown(it.event, this.#renderer, session) ? frames : [];
    if (!actors(it.signal).includes(session)) return frames;
    const signal = without(it.signal, session);
    return signal === undefined ? [] : this.#renderer.signal(signal);
  }
}
