import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { EventFrame } from '../line/event-frames.ts';
import { addChange, addGap, addPage, append, emptyTimeline, type Timeline } from './timeline.ts';

const event = (seq: number): EventFrame => ({
  ...{ type: 'broadcast', nickname: 'ada', message: `${seq}` },
  ...{ room: 'lobby', seq, at: 0, id: `${seq}` },
});
const page = (from: number, to: number) => ({
  ...({ type: 'history', room: 'lobby', first: 1, head: 100 } as const),
  events: Array.from({ length: to - from + 1 }, (_, n) => event(from + n)),
});
const seqs = ({ items }: Timeline): number[] =>
  items.flatMap((item) => (item.is === 'event' ? item.event.seq : []));

prop.prop([fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 60 }), fc.nat(20)))])(
  'holds each event once and without holes, however pages and live events meet',
  (steps) => {
    let timeline = emptyTimeline(30);
    let live = 30;
    for (const [isLive, from, length] of steps) {
      if (isLive) {
        live += 1;
        timeline = append(timeline, event(live));
      } else {
        // The first page that is asked for is the newest.
        const to = seqs(timeline).length === 0 ? live : Math.min(from + length, live);
        timeline = addPage(timeline, page(Math.min(from, to), to));
      }
      const found = seqs(timeline);
      expect(found).toEqual(found.map((_, n) => (found[0] ?? 0) + n));
    }
  },
);

test('tells comings and goings near to each other together', () => {
  const joined = (nick: string) => ({ change: 'joined', nick }) as const;
  let timeline = addChange(emptyTimeline(0), joined('ada'), 0, 'a');
  timeline = addChange(timeline, joined('bob'), 1_000, 'b');
  expect(timeline.items).toHaveLength(1);
  expect(addChange(timeline, joined('eve'), 3_600_000, 'c').items).toHaveLength(2);
});

test('says where events are missing, and goes on after it', () => {
  const timeline = append(addGap(append(emptyTimeline(0), event(1)), 10, 'gap'), event(10));
  expect(timeline.items.map((item) => item.is)).toEqual(['event', 'gap', 'event']);
  expect(timeline.last).toBe(10);
});
