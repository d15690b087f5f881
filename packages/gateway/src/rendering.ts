import type { Event, Signal, StreamLineOf } from '@partyline/protocol';
import type { Renderer } from './dialect.ts';
import type { Reader } from './reader.ts';

/** What happened in a room. */
export type Occurrence = StreamLineOf<'event'> | StreamLineOf<'signal'>;

type Watcher = Pick<Reader, 'id' | 'person' | 'renderer' | 'personal'>;

/** The frames of an event as a reader is shown it; `frames` show it to others. */
export const eventTo = (
  { id, person, renderer, personal }: Watcher,
  event: Event,
  frames: readonly string[],
): readonly string[] => {
  const isSent = event.to !== undefined && event.person === person;
  if (event.session !== id) return isSent ? (renderer.sent?.(event) ?? frames) : frames;
  if (!renderer.echo) return [];
  return personal === undefined ? frames : personal.own(event, frames);
};

/** The sessions that a signal tells about. */
const actors = (signal: Signal): readonly string[] => {
  switch (signal.type) {
    case 'typing':
      return [signal.session];
    case 'deed':
      return signal.except;
    case 'presence':
      return signal.changes.map((change) => change.session);
  }
};

/** A signal without what it tells about one session, or undefined when nothing is left. */
const without = (signal: Signal, session: string): Signal | undefined => {
  if (signal.type !== 'presence') return actors(signal).includes(session) ? undefined : signal;
  const changes = signal.changes.filter((change) => change.session !== session);
  if (changes.length === 0 && signal.moreJoined + signal.moreLeft === 0) return undefined;
  return { ...signal, changes };
};

/**
 * What happened in a room in one turn, in one dialect: the same bytes for all who only listened,
 * rendered once; bytes of their own for those who did some of it, or whose dialect wants so.
 */
export class Rendering {
  /** For everyone who did none of it. */
  readonly bytes: Uint8Array;
  readonly #occurrences: readonly Occurrence[];
  readonly #renderer: Renderer;
  readonly #frames: readonly (readonly string[])[];
  readonly #actors = new Set<string>();
  /** Persons who said something to somebody alone. */
  readonly #senders = new Set<string>();
  readonly #hasSignals: boolean;

  constructor(occurrences: readonly Occurrence[], renderer: Renderer) {
    this.#occurrences = occurrences;
    this.#renderer = renderer;
    this.#frames = occurrences.map((it) =>
      it.type === 'event' ? renderer.event(it.event) : renderer.signal(it.signal),
    );
    for (const it of occurrences) {
      if (it.type === 'signal') for (const session of actors(it.signal)) this.#actors.add(session);
      else if (!renderer.echo || renderer.personal) this.#actors.add(it.event.session);
      if (it.type === 'event' && it.event.to !== undefined && renderer.sent !== undefined)
        this.#senders.add(it.event.person);
    }
    this.#hasSignals = occurrences.some((it) => it.type === 'signal');
    this.bytes = renderer.encode(this.#frames.flat());
  }

  /** What one reader is shown of all of it. */
  of(reader: Watcher): Uint8Array {
    const isItsOwn = this.#actors.has(reader.id) || this.#senders.has(reader.person);
    return isItsOwn || (this.#hasSignals && this.#renderer.personal)
      ? this.pick(reader, () => true)
      : this.bytes;
  }

  /** What one reader is shown of a part of it. */
  pick(reader: Watcher, wanted: (it: Occurrence) => boolean): Uint8Array {
    const frames = this.#occurrences.flatMap((it, index) =>
      wanted(it) ? this.#shown(it, this.#frames[index] ?? [], reader) : [],
    );
    return this.#renderer.encode(frames);
  }

  #shown(it: Occurrence, frames: readonly string[], reader: Watcher): readonly string[] {
    if (it.type === 'event') return eventTo(reader, it.event, frames);
    const isActor = actors(it.signal).includes(reader.id);
    const signal = isActor ? without(it.signal, reader.id) : it.signal;
    if (signal === undefined) return [];
    if (reader.personal !== undefined) return reader.personal.signal(signal);
    return isActor ? this.#renderer.signal(signal) : frames;
  }
}
