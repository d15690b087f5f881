import type { Outlets } from '../line/fan-out.ts';

/** Bytes that may wait for one instance; beyond them it comes back and reads the log. */
export const STREAM_BYTES = 8 * 1_048_576;

/** Bytes that are kept for an instance between its hello and its stream. */
const HELD_BYTES = 1_048_576;

/** Where one stream's bytes go: an HTTP response, or a test. */
export interface Sink {
  /** Bytes that were written and not yet taken. */
  readonly queuedBytes: number;
  write(text: string): void;
  /** Ends it after what was written. */
  end(): void;
  /** Ends it at once. */
  destroy(): void;
}

type Stream = { readonly sink: Sink; pending: string };

/** The streams of all instances: one each, a new one in the place of the old. */
export class Streams implements Outlets {
  readonly #streams = new Map<string, Stream>();
  readonly #asked = new Map<string, Sink>();
  readonly #attached = new Set<string>();
  /** Lines for instances that have said hello and whose stream hasn't begun. */
  readonly #held = new Map<string, string>();
  readonly #changed = new Set<Stream>();
  /** How many were cut because they took too little. */
  cut = 0;

  /** Bytes that wait for each instance to take them. */
  queued(): readonly number[] {
    return [...this.#streams.values()].map(({ sink }) => sink.queuedBytes);
  }

  /** Instances with a stream. */
  get attached(): ReadonlySet<string> {
    return this.#attached;
  }

  /**
   * An instance says hello: what it is told from now on, it is told again when its stream begins.
   * An old stream of its may be dead without anybody knowing.
   */
  expect(instance: string): void {
    this.#held.set(instance, '');
  }

  /** An instance asks for a stream, which begins when the line says so. */
  ask(instance: string, sink: Sink): void {
    this.#asked.get(instance)?.destroy();
    this.#asked.set(instance, sink);
  }

  /** A sink is closed. True when its instance has no stream any more. */
  closed(instance: string, sink: Sink): boolean {
    if (this.#asked.get(instance) === sink) this.#asked.delete(instance);
    if (this.#streams.get(instance)?.sink !== sink) return false;
    this.#remove(instance);
    return true;
  }

  begin(instance: string, line: string): boolean {
    const sink = this.#asked.get(instance);
    if (sink === undefined) return this.#streams.has(instance);
    this.#asked.delete(instance);
    this.#streams.get(instance)?.sink.end();
    this.#streams.set(instance, { sink, pending: '' });
    this.#attached.add(instance);
    const held = this.#held.get(instance) ?? '';
    this.#held.delete(instance);
    this.append(instance, line + held);
    return true;
  }

  append(instance: string, line: string): void {
    const held = this.#held.get(instance);
    if (held !== undefined && held.length < HELD_BYTES) this.#held.set(instance, held + line);
    const stream = this.#streams.get(instance);
    if (stream === undefined) return;
    stream.pending += line;
    this.#changed.add(stream);
  }

  appendAll(line: string): void {
    for (const instance of this.#streams.keys()) this.append(instance, line);
  }

  end(instance: string): void {
    this.#held.delete(instance);
    this.leave(instance);
  }

  leave(instance: string): void {
    const stream = this.#streams.get(instance);
    if (stream === undefined) return;
    this.#remove(instance);
    if (stream.pending !== '') stream.sink.write(stream.pending);
    stream.sink.end();
  }

  flush(): void {
    for (const stream of this.#changed) {
      stream.sink.write(stream.pending);
      stream.pending = '';
      if (stream.sink.queuedBytes > STREAM_BYTES) {
        this.cut += 1;
        stream.sink.destroy();
      }
    }
    this.#changed.clear();
  }

  /** Ends every stream, after what it is still owed. */
  endAll(): void {
    for (const sink of this.#asked.values()) sink.destroy();
    for (const instance of [...this.#streams.keys()]) this.end(instance);
  }

  #remove(instance: string): void {
    const stream = this.#streams.get(instance);
    if (stream !== undefined) this.#changed.delete(stream);
    this.#streams.delete(instance);
    this.#attached.delete(instance);
  }
}
