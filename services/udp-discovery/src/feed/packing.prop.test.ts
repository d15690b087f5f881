import { fc, test } from '@fast-check/vitest';
import { DATAGRAM_BYTES, readDatagram, UNFRAGMENTED_BYTES } from '@partyline/lan';
import { type Event, limits } from '@partyline/protocol';
import { expect } from 'vitest';
import { packed } from './packing.ts';

const events = (texts: readonly string[]): Event[] =>
  texts.map((text, i) => ({
    ...{ room: 'lobby', seq: i + 1, at: 0, id: `${i}`, kind: 'message', session: 's', person: 'p' },
    ...{ nick: 'ann', text, trace: 'never told' },
  }));

test.prop([fc.array(fc.string({ maxLength: 600, unit: 'grapheme' }), { maxLength: 80 })])(
  'holds every event once and in order, without a trace, in as few fragments as can be',
  (texts) => {
    const datagrams = packed('e', events(texts));
    const read = datagrams.flatMap((bytes) => {
      const it = readDatagram(bytes);
      if (it?.type !== 'feed') throw new Error('a datagram of the feed could not be read');
      if (bytes.length > UNFRAGMENTED_BYTES) expect(it.events).toHaveLength(1);
      return it.events;
    });
    expect(read.map((it) => it.text)).toEqual(texts);
    expect(read.every((it) => it.trace === undefined)).toBe(true);
  },
);

test('the longest event there is fits a datagram', () => {
  const [datagram] = packed('e', events(['\u{10ffff}'.repeat(limits.textCodePoints)]));
  expect(datagram?.length).toBeLessThan(DATAGRAM_BYTES);
});

test('events that are longer together than apart go apart', () => {
  const datagrams = packed('e', events(Array(10).fill('x'.repeat(300))));
  expect(datagrams.length).toBeGreaterThan(3);
  expect(datagrams.every((it) => it.length <= UNFRAGMENTED_BYTES)).toBe(true);
});
