import {
  type Conversation,
  isPairRoom,
  type Sought,
  type SpokenFrame,
  sameNick,
  talking,
} from '@partyline/client';
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../text/locale.ts';
import type { Core } from './core.ts';

/** An event that is to be brought into view. */
export type Focus = { readonly key: string; readonly seq: number };

/** Where in the logs somebody reads. */
export type Reading = {
  readonly unread: ReadonlySignal<number>;
  readonly focus: ReadonlySignal<Focus | undefined>;
  /** What was to be brought into view is. */
  focused(): void;
  /** Opens a conversation. */
  go(key: string): void;
  /** Opens the next (1) or previous (-1) conversation. */
  goBy(places: 1 | -1): void;
  /** Opens the next conversation that has news, if one has. */
  goToNews(): void;
  older(): void;
  newer(): void;
  toEnd(): void;
  /** Goes to an event of the conversation that is open. */
  toEvent(seq: number): void;
  /** Goes to what was said, wherever that was. */
  toSpoken(event: SpokenFrame): void;
  /** Goes to the first event at or after a time, in milliseconds since the Unix epoch. */
  toTime(at: number): void;
  /** Whether the end of the current conversation is in view. */
  watch(watching: boolean): void;
  /** Asks for what the open conversation shows and the page doesn't have yet. */
  complete(): void;
};

const PAGE_EVENTS = 100;

const placeOf = (sought: Sought): { around?: number; at?: number } => {
  if ('seq' in sought) return { around: sought.seq };
  return 'at' in sought ? { at: sought.at } : {};
};

export const createReading = (core: Core): Reading => {
  const { talk, current, ask } = core;
  const focus = signal<Focus | undefined>(undefined);
  /** Towards which side of the open conversation a page is on its way. */
  let towards: 'older' | 'newer' = 'older';
  let isAwaited = false;

  const load = ({ key, room, timeline, loading }: Conversation, side: typeof towards): void => {
    if (room === undefined || loading) return;
    const place =
      side === 'newer' ? { after: timeline.last } : { before: timeline.first || timeline.last + 1 };
    if (!ask({ type: 'history', room, limit: PAGE_EVENTS, ...place })) return;
    towards = side;
    talk.value = talking.change(talk.peek(), key, (it) => ({ ...it, loading: true, asked: true }));
  };

  const older = (): void => {
    const open = current.peek();
    if (open !== undefined && !open.timeline.complete) load(open, 'older');
  };

  const complete = (): void => {
    const open = current.peek();
    if (open === undefined) return;
    if (!open.asked) older();
    if (open.kind !== 'room') return;
    if (open.members === undefined) ask({ type: 'list', room: open.name });
    if (open.standing === undefined) ask({ type: 'configure', room: open.name });
  };

  /** Moves the window of a conversation to another place of its log. */
  const seek = ({ key, room }: Conversation, sought: Sought): void => {
    if (room === undefined) return;
    const frame = { type: 'history', room, limit: PAGE_EVENTS, ...placeOf(sought) } as const;
    if (!ask(frame)) {
      core.tell('error', t('lineAway'));
      return;
    }
    isAwaited = 'at' in sought;
    talk.value = talking.change(talk.peek(), key, (it) => ({
      ...it,
      ...{ loading: true, asked: true, sought },
    }));
  };

  const show = (key: string): void => {
    talk.value = talking.goTo(talk.peek(), key);
    if (core.watching && current.peek()?.timeline.live)
      talk.value = talking.readAll(talk.peek(), key);
    complete();
  };

  /** Who comes back to a conversation wants to see its end, wherever they were. */
  const go = (key: string): void => {
    show(key);
    const open = current.peek();
    if (open?.timeline.live === false) seek(open, { end: true });
  };

  const toEventOf = (conversation: Conversation, seq: number): void => {
    const { timeline, key } = conversation;
    focus.value = { key, seq };
    if (timeline.items.length > 0 && timeline.first <= seq && seq <= timeline.last) return;
    seek(conversation, { seq });
  };

  core.hear((frame) => {
    if (frame.type === 'history' && current.peek()?.room === frame.room) {
      const { key } = current.peek() ?? { key: '' };
      talk.value = talking.trim(talk.peek(), key, towards === 'older' ? 'newest' : 'oldest');
      const [first] = frame.events;
      if (isAwaited && first !== undefined) focus.value = { key, seq: first.seq };
      isAwaited = false;
    }
    // Who reads further up keeps what they read; the end of a long window can be loaded again.
    if (!core.watching) talk.value = talking.trim(talk.peek(), talk.peek().current, 'newest');
  });

  return {
    unread: computed(() => {
      let sum = 0;
      for (const { head, read } of talk.value.conversations.values())
        sum += Math.max(0, head - read);
      return sum;
    }),
    focus,
    focused() {
      focus.value = undefined;
    },
    go,
    goBy(places) {
      const all = [...talk.peek().conversations.keys()];
      const next = all.at((all.indexOf(talk.peek().current) + places) % all.length);
      if (next !== undefined) go(next);
    },
    goToNews() {
      const all = [...talk.peek().conversations.values()];
      const at = all.findIndex(({ key }) => key === talk.peek().current);
      const others = [...all.slice(at + 1), ...all.slice(0, at)];
      const next = others.find(({ head, read }) => head > read);
      if (next !== undefined) go(next.key);
    },
    older,
    newer() {
      const open = current.peek();
      if (open !== undefined && !open.timeline.live) load(open, 'newer');
    },
    toEnd() {
      const open = current.peek();
      if (open !== undefined && !open.timeline.live) seek(open, { end: true });
    },
    toEvent(seq) {
      const open = current.peek();
      if (open !== undefined) toEventOf(open, seq);
    },
    toSpoken(event) {
      const { room, seq } = event;
      const known = talking.ofRoom(talk.peek(), room);
      if (known !== undefined) {
        show(known.key);
        toEventOf(known, seq);
        return;
      }
      if (event.type !== 'p2p' || !isPairRoom(room)) return;
      const other = sameNick(event.from, talk.peek().me) ? event.to : event.from;
      const [next, conversation] = talking.openPrivate(talk.peek(), other, room);
      talk.value = talking.goTo(next, conversation.key);
      toEventOf(conversation, seq);
    },
    toTime(at) {
      const open = current.peek();
      if (open !== undefined) seek(open, { at });
    },
    watch(now) {
      core.watching = now;
      if (now) talk.value = talking.readAll(talk.peek(), talk.peek().current);
    },
    complete,
  };
};
