import type { PresenceChange } from '@partyline/protocol';

/** People whose last change is remembered; those beyond are told once a room they share. */
const REMEMBERED = 256;

/**
 * Which changes of people one client has been shown. A rename, an absence and a goodbye are told in
 * every room that a person is in, and stand on IRC for all of them at once.
 */
export class Heard {
  readonly #last = new Map<string, string>();

  /** Whether a change is news; it isn't any more afterwards. */
  isNews(it: PresenceChange): boolean {
    if (it.change === 'joined' || (it.change === 'left' && it.how !== 'quit')) {
      // Whoever comes may go again.
      this.#last.delete(it.session);
      return true;
    }
    const { online: _, ...what } = it;
    const change = JSON.stringify(what);
    if (this.#last.get(it.session) === change) return false;
    this.#last.delete(it.session);
    this.#last.set(it.session, change);
    const [oldest] = this.#last.keys();
    if (this.#last.size > REMEMBERED && oldest !== undefined) this.#last.delete(oldest);
    return true;
  }
}
