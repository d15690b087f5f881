import {
  type Heads as HeadChanges,
  type Monitors as MonitorChanges,
  type StreamLine,
  toLine,
} from '@partyline/protocol';
import { Departures } from './departures.ts';
import type { Effect } from './effect.ts';
import { Interest } from './interest.ts';
import { LastWords } from './last-words.ts';
import { Monitors } from './monitors.ts';
import { Online } from './online.ts';
import { Presence } from './presence.ts';
import { Readers } from './readers.ts';
import type { After } from './timer.ts';

/** Where lines to instances go. */
export interface Outlets {
  /** Adds a line to what the instance is to be sent; nothing when it has no stream. */
  append(instance: string, line: string): void;
  /** Adds a line for every instance. */
  appendAll(line: string): void;
  /** The stream that an instance has asked for begins with a line. False when it is gone already. */
  begin(instance: string, line: string): boolean;
  /** The instance is over. */
  end(instance: string): void;
  /** The instance's stream is at another chat-core by now. */
  leave(instance: string): void;
  /** Sends what was added: one write a stream. */
  flush(): void;
}

export type FanOutOptions = {
  readonly epoch: string;
  readonly outlets: Outlets;
  readonly now: () => number;
  readonly after: After;
};

/** Rooms in one welcome: names of the longest kind stay within `limits.busLineBytes`. */
const WELCOME_ROOMS = 500;

type Heads = Readonly<Record<string, number>>;

/** Heads as welcomes tell them: an instance with very many rooms is welcomed in several lines. */
const parts = (heads: Heads): Heads[] => {
  const entries = Object.entries(heads);
  const count = Math.max(1, Math.ceil(entries.length / WELCOME_ROOMS));
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(entries.slice(index * WELCOME_ROOMS, (index + 1) * WELCOME_ROOMS)),
  );
};

/** Tells every instance what it is to know of what was committed, each line made once. */
export class FanOut implements Disposable {
  readonly #outlets: Outlets;
  readonly #epoch: string;
  readonly #now: () => number;
  readonly #readers = new Readers();
  /** Who was here. */
  readonly departures = new Departures();
  /** When people spoke. */
  readonly lastWords: LastWords;
  readonly #monitors = new Monitors();
  /** Rooms whose heads instances want to be told, and how far these went in the batch that is told. */
  readonly #heads = new Interest();
  readonly #moved = new Map<string, number>();
  readonly #presence: Presence;
  readonly #online: Online;

  constructor({ outlets, epoch, now, after }: FanOutOptions) {
    this.#outlets = outlets;
    this.#epoch = epoch;
    this.#now = now;
    this.lastWords = new LastWords(now());
    this.#presence = new Presence({
      ...{ now, after },
      tell: (signal) => this.#tellRoom(signal.room, { type: 'signal', signal }),
      flush: () => outlets.flush(),
    });
    this.#online = new Online({
      ...{ now, after },
      tell: (online) => {
        outlets.appendAll(toLine({ type: 'online', online } satisfies StreamLine));
        outlets.flush();
      },
    });
  }

  /** Tells what one batch came to. Called in commit order. */
  deliver(effects: readonly Effect[]): void {
    for (const effect of effects) this.#take(effect);
    this.#tellHeads();
    this.#presence.commit();
    this.#outlets.flush();
  }

  /** An instance's stream broke: it reads nothing until it attaches again. */
  drop(instance: string): void {
    this.#readers.drop(instance);
    this.#heads.replace(instance, []);
  }

  /** An instance wants to be told the heads of other rooms than until now. */
  head(instance: string, { add, remove }: HeadChanges): void {
    this.#heads.change(instance, add, remove);
  }

  /** An instance monitors other nicks than until now. */
  monitor(instance: string, { add, remove }: MonitorChanges): void {
    this.#monitors.change(instance, add, remove);
  }

  [Symbol.dispose](): void {
    this.#presence[Symbol.dispose]();
    this.#online[Symbol.dispose]();
  }

  #take(effect: Effect): void {
    switch (effect.type) {
      case 'event':
        this.#tellRoom(effect.event.room, effect);
        this.lastWords.take(effect.event);
        if (!this.#heads.isEmpty) this.#moved.set(effect.event.room, effect.event.seq);
        break;
      case 'signal':
        this.#tellRoom(effect.signal.room, effect);
        break;
      case 'presence':
        this.#presence.take(effect.room, effect.change, effect.members);
        break;
      case 'online':
        this.#online.take(effect.online);
        break;
      case 'names':
        this.departures.take(effect.went, this.#now());
        for (const [instance, it] of this.#monitors.of(effect.came, effect.went))
          this.#outlets.append(instance, toLine({ type: 'monitored', ...it } satisfies StreamLine));
        break;
      case 'monitors':
        this.#monitors.replace(effect.instance, effect.keys);
        break;
      case 'line':
        this.#outlets.append(effect.instance, toLine(effect.line));
        break;
      case 'reads':
        this.#readers.change(effect.instance, effect.room, effect.by);
        break;
      case 'attached':
        this.#attach(effect);
        break;
      case 'unfollows':
        this.#readers.unfollow(effect.instance, effect.room);
        break;
      case 'silent':
        this.#readers.drop(effect.instance);
        break;
      case 'elsewhere':
        this.drop(effect.instance);
        this.#outlets.leave(effect.instance);
        break;
      case 'lapsed':
        // Nothing was told to it any more since its stream broke.
        break;
      case 'bot':
      case 'hook':
        // Webhooks are called by others than the streams.
        break;
      case 'gone':
        this.drop(effect.instance);
        this.#monitors.replace(effect.instance, []);
        this.#outlets.end(effect.instance);
        break;
    }
  }

  #attach({ instance, online, heads, sessions, follows }: Extract<Effect, { type: 'attached' }>) {
    const welcome = { type: 'welcome', instance, epoch: this.#epoch, online } as const;
    const lines = parts(heads).map((part, index, all) =>
      toLine({ ...welcome, heads: part, ...(index < all.length - 1 && { more: true }) }),
    );
    this.#heads.replace(instance, []);
    if (this.#outlets.begin(instance, lines.join('')))
      this.#readers.attach(instance, sessions, follows);
    else this.#readers.drop(instance);
  }

  /** One line a room, however much was said there in the batch. */
  #tellHeads(): void {
    for (const [room, seq] of this.#moved)
      for (const instance of this.#heads.in(room))
        this.#outlets.append(instance, toLine({ type: 'head', room, seq } satisfies StreamLine));
    this.#moved.clear();
  }

  #tellRoom(room: string, line: StreamLine): void {
    const instances = this.#readers.of(room);
    if (instances.size === 0) return;
    const text = toLine(line);
    for (const instance of instances) this.#outlets.append(instance, text);
  }
}
