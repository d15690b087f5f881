import type { Request } from './request.ts';
import { requests } from './requests/index.ts';

/** Requests of one client under way at once. More wait unread, so that one client can't fill the line. */
const WINDOW = 128;

/**
 * The requests of one client that are under way. Most talk may go on beside each other, since the
 * line keeps its order; any other request goes alone: it waits for those before it, and those after
 * it wait.
 */
export class RequestWindow {
  #underWay = 0;
  #alone: { readonly request: Request; started: boolean } | undefined;

  /** Whether one more may come in. */
  get isOpen(): boolean {
    return this.#alone === undefined && this.#underWay < WINDOW;
  }

  get isEmpty(): boolean {
    return this.#alone === undefined && this.#underWay === 0;
  }

  /** A request came; the one to start now, if any. */
  enter(request: Request): Request | undefined {
    if (isAtOnce(request)) {
      this.#underWay += 1;
      return request;
    }
    this.#alone = { request, started: false };
    return this.#startAlone();
  }

  /** A request was carried out; the one to start now, if any. */
  leave(): Request | undefined {
    this.#underWay -= 1;
    if (this.#alone?.started) this.#alone = undefined;
    return this.#startAlone();
  }

  #startAlone(): Request | undefined {
    if (this.#alone?.started !== false || this.#underWay > 0) return undefined;
    this.#alone.started = true;
    this.#underWay += 1;
    return this.#alone.request;
  }
}

const isAtOnce = (request: Request): boolean => {
  const entry = requests[request.type];
  return entry.who === 'member' && entry.next === 'at-once';
};
