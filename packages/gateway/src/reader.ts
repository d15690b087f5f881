import type { Personal, Renderer } from './dialect.ts';
import type { Outbox } from './outbox.ts';

/** Somebody who hears rooms through one connection. */
export interface Reader {
  /** Its session: what it did itself, it is not told as news. */
  readonly id: string;
  /** Its account, or the session of a guest. */
  readonly person: string;
  readonly renderer: Renderer;
  readonly outbox: Outbox;
  /** How it is shown what others of its renderer are shown otherwise, if anything is. */
  readonly personal?: Personal | undefined;
  /** Events of a room from `from` on can't be had any more; it goes on at `next`. */
  gap(room: string, from: number, next: number): void;
  /** It fell behind, and its renderer is live only. */
  cut(): void;
}
