import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { EventFrame } from '../line/event-frames.ts';
import type { HistoryFrame } from '../line/wire.ts';
import { addPage, append, emptyTimeline, moveTo, type Timeline, trim } from './timeline.ts';

const REACTED = 10;

/** Every so many events is a reaction to the one before. */
const event = (seq: number): EventFrame => {
  const place = { room: 'lobby', seq, at: 0, id: `${seq}`, nickname: 'ada' };
  return seq % REACTED === 0
    ? { type: 'react', ref: seq - 1, reaction: '👍', ...place }
    : { type: 'broadcast', message: `${seq}`, ...place };
};

const page = (head: number, from: number, size: number): HistoryFrame => ({
  ...{ type: 'history', room: 'lobby', first: head === 0 ? 0 : 1, head },
  events: Array.from({ length: size }, (_, n) => event(from + n)).filter(
    ({ seq }) => seq >= 1 && seq <= head,
  ),
});

const seqs = ({ items }: Timeline): number[] =>
  items.flatMap((item) => (item.is === 'event' ? [item.event.seq] : []));

type Move = readonly ['says' | 'older' | 'newer' | 'to' | 'end' | 'look up' | 'look down', number];
const move = fc.tuple(
  fc.constantFrom<Move[0]>('says', 'older', 'newer', 'to', 'end', 'look up', 'look down'),
  fc.integer({ min: 1, max: 400 }),
);

test.prop([fc.array(move, { maxLength: 60 })])(
  'wherever the window goes, it holds a bounded stretch of the log without holes',
  (moves) => {
    let head = 1_000;
    let timeline = emptyTimeline(head);
    for (const [what, n] of moves) {
      if (what === 'says')
        for (let i = 0; i < n; i++) {
          head += 1;
          timeline = trim(append(timeline, event(head)));
        }
      else if (what === 'older')
        timeline = addPage(timeline, page(head, (timeline.first || head + 1) - n, n));
      else if (what === 'newer') timeline = addPage(timeline, page(head, timeline.last + 1, n));
      else if (what === 'to') timeline = moveTo(timeline, page(head, n, 100));
      else if (what === 'end') timeline = moveTo(timeline, page(head, head - 99, 100));
      else timeline = trim(timeline, what === 'look up' ? 'newest' : 'oldest');
      timeline = trim(timeline, what === 'older' ? 'newest' : 'oldest');

      const shown = seqs(timeline);
      const [first = timeline.first] = shown;
      const all = Array.from({ length: timeline.last - first + 1 }, (_, at) => first + at);
      if (shown.length > 0) expect(shown).toEqual(all.filter((seq) => seq % REACTED !== 0));
      expect(timeline.items.length).toBeLessThanOrEqual(600);
      if (timeline.live && timeline.first !== 0) expect(timeline.last).toBe(head);
      if (timeline.complete) expect(timeline.first).toBeLessThanOrEqual(1);
      for (const { ref } of timeline.references) expect(ref % REACTED).toBe(REACTED - 1);
    }
  },
);
