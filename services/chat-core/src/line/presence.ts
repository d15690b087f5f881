import { limits, type PresenceChange, type SignalOf } from '@partyline/protocol';
import type { After } from './timer.ts';

/** Up to so many people are told at once; more are told in a while at most. */
const TOLD_AT_ONCE = 50;
const GATHER_MS = 250;
/** People of one room to whom notices go in a millisecond at most. */
const TOLD_PER_MS = 4;

/**
 * How long changes of a room are gathered, by how many people are to be told: the more, the longer,
 * so that what a storm costs in all grows with how long it lasts alone.
 */
const gatherMs = (members: number): number =>
  members > TOLD_AT_ONCE ? Math.max(GATHER_MS, members / TOLD_PER_MS) : 0;

/** What a room has yet to be told. */
type Notice = {
  readonly changes: PresenceChange[];
  moreJoined: number;
  moreLeft: number;
  members: number;
  online: number;
};

export type PresenceOptions = {
  readonly now: () => number;
  readonly after: After;
  readonly tell: (signal: SignalOf<'presence'>) => void;
  /** Told signals are to leave now: nothing else is about to. */
  readonly flush: () => void;
};

/**
 * Tells rooms who came and went: one notice a room and commit at most, and in big rooms one in a
 * while, whose length is bounded. So a join storm costs as much as it has joins, not their square.
 */
export class Presence implements Disposable {
  readonly #options: PresenceOptions;
  readonly #notices = new Map<string, Notice>();
  readonly #toldAt = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  take(room: string, change: PresenceChange, members: number): void {
    const notice = this.#notices.get(room) ?? {
      ...{ changes: [], moreJoined: 0, moreLeft: 0, members, online: change.online },
    };
    this.#notices.set(room, notice);
    notice.members = members;
    notice.online = change.online;
    note(notice, change);
  }

  /** Tells every room that is not to wait, and the others when their time has come. */
  commit(): void {
    if (this.#notices.size === 0) return;
    const now = this.#options.now();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [room, notice] of this.#notices) {
      const waitMs = (this.#toldAt.get(room) ?? 0) + gatherMs(notice.members) - now;
      if (waitMs <= 0) this.#tell(room, notice, now);
      else nextMs = Math.min(nextMs, waitMs);
    }
    this.#schedule(nextMs);
  }

  [Symbol.dispose](): void {
    this.#cancel?.();
  }

  #tell(room: string, notice: Notice, now: number): void {
    this.#notices.delete(room);
    if (gatherMs(notice.members) > 0) this.#toldAt.set(room, now);
    else this.#toldAt.delete(room);
    if (notice.changes.length + notice.moreJoined + notice.moreLeft > 0)
      this.#options.tell({ type: 'presence', room, ...notice });
  }

  #schedule(ms: number): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#cancel = this.#options.after(ms, () => {
      this.commit();
      this.#options.flush();
    });
  }
}

/** Adds a change to a notice. Somebody who came and went within it was never there. */
const note = (notice: Notice, change: PresenceChange): void => {
  const { changes } = notice;
  if (change.change === 'left') {
    const isAlone = (it: PresenceChange): boolean => it.session === change.session;
    const [only, ...others] = changes.filter(isAlone);
    if (only?.change === 'joined' && others.length === 0) {
      changes.splice(changes.indexOf(only), 1);
      return;
    }
  }
  if (changes.length < limits.presenceNames) changes.push(change);
  else if (change.change === 'joined') notice.moreJoined += 1;
  else if (change.change === 'left') notice.moreLeft += 1;
};
