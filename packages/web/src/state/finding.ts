import { type EventFrame, isReference, type SpokenFrame } from '@partyline/client';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Core } from './core.ts';

/** What a search came to, as far as it was asked for. */
export type Found = {
  readonly words: string;
  /** Where it was looked for; undefined: wherever one is. */
  readonly room: string | undefined;
  /** Newest first. */
  readonly events: readonly SpokenFrame[];
  /** There is more before. */
  readonly next: number | undefined;
  readonly isLoading: boolean;
  /** Why there is nothing. */
  readonly refusal?: string;
};

/** Looking for what was said. */
export type Finding = {
  readonly found: ReadonlySignal<Found | undefined>;
  find(words: string, room: string | undefined): void;
  more(): void;
  /** Forgets what was found. */
  clear(): void;
};

const PAGE_EVENTS = 30;

const isSpoken = (event: EventFrame): event is SpokenFrame =>
  !isReference(event) && event.type !== 'topic';

export const createFinding = (core: Core): Finding => {
  const found = signal<Found | undefined>(undefined);

  const ask = ({ words, room, next }: Found): void => {
    const isUp = core.ask({
      ...{ type: 'search', query: words, limit: PAGE_EVENTS },
      ...(room !== undefined && { room }),
      ...(next !== undefined && { before: next }),
    });
    const was = found.peek();
    if (was !== undefined) found.value = { ...was, isLoading: isUp };
  };

  core.hear((frame) => {
    const was = found.peek();
    if (was === undefined) return;
    if (frame.type === 'error' && frame.of === 'search')
      found.value = { ...was, isLoading: false, refusal: frame.message };
    if (frame.type !== 'search' || frame.query !== was.words || frame.room !== was.room) return;
    const events = [...was.events, ...frame.events.filter(isSpoken).reverse()];
    found.value = { ...was, events, next: frame.next, isLoading: false };
  });

  return {
    found,
    find(words, room) {
      if (words === '') return;
      const nothing: Found = { words, room, events: [], next: undefined, isLoading: true };
      found.value = nothing;
      ask(nothing);
    },
    more() {
      const was = found.peek();
      if (was?.next !== undefined && !was.isLoading) ask(was);
    },
    clear() {
      found.value = undefined;
    },
  };
};
