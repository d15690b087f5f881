import { nickKey } from '@partyline/protocol';
import type { Line } from './line.ts';

/** Who is told when those it monitors come and go. */
export interface Monitor {
  /** Nicks of who came, and keys of nicks of who went. */
  monitored(came: readonly string[], went: readonly string[]): void;
}

/** Whom the clients of this gateway monitor. The line is told of a nick when the first does, and when nobody does any more. */
export class Monitors {
  readonly #line: Line;
  readonly #monitors = new Map<string, Set<Monitor>>();
  readonly #keysOf = new Map<Monitor, Set<string>>();
  /** Keys of which the line may know otherwise. */
  readonly #untold = new Set<string>();
  #telling: Promise<unknown> = Promise.resolve();

  constructor(line: Line) {
    this.#line = line;
  }

  /** All keys, for the line's hello. */
  keys(): readonly string[] {
    return [...this.#monitors.keys()];
  }

  /** Everybody who monitors somebody. */
  all(): readonly Monitor[] {
    return [...this.#keysOf.keys()];
  }

  /** Resolved once the line tells of these. */
  add(monitor: Monitor, nicks: readonly string[]): Promise<void> {
    const own = this.#keysOf.get(monitor) ?? new Set();
    this.#keysOf.set(monitor, own);
    for (const key of nicks.map(nickKey)) {
      own.add(key);
      const others = this.#monitors.get(key);
      if (others === undefined) this.#untold.add(key);
      this.#monitors.set(key, (others ?? new Set()).add(monitor));
    }
    return this.#tell();
  }

  /** All of somebody's when left out. */
  remove(monitor: Monitor, nicks?: readonly string[]): void {
    const own = this.#keysOf.get(monitor);
    if (own === undefined) return;
    for (const key of nicks?.map(nickKey) ?? own) {
      own.delete(key);
      const others = this.#monitors.get(key);
      others?.delete(monitor);
      if (others?.size !== 0) continue;
      this.#monitors.delete(key);
      this.#untold.add(key);
    }
    if (own.size === 0) this.#keysOf.delete(monitor);
    // Of somebody whom nobody monitors any more it is only told too much.
    this.#tell().catch(() => {});
  }

  take(came: readonly string[], went: readonly string[]): void {
    const concerned = new Set(
      [...came.map(nickKey), ...went].flatMap((key) => [...(this.#monitors.get(key) ?? [])]),
    );
    for (const monitor of concerned) {
      const own = this.#keysOf.get(monitor);
      monitor.monitored(
        came.filter((nick) => own?.has(nickKey(nick))),
        went.filter((key) => own?.has(key)),
      );
    }
  }

  /** One after another, so that the line ends up knowing what holds. What fails is told by the next hello. */
  #tell(): Promise<void> {
    const told = this.#telling.then(async () => {
      const keys = [...this.#untold];
      if (keys.length === 0) return;
      this.#untold.clear();
      const add = keys.filter((key) => this.#monitors.has(key));
      const remove = keys.filter((key) => !this.#monitors.has(key));
      try {
        await this.#line.monitor({ add, remove });
      } catch (error) {
        for (const key of keys) this.#untold.add(key);
        throw error;
      }
    });
    this.#telling = told.catch(() => {});
    return told;
  }
}
