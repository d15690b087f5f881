import { fc, test } from '@fast-check/vitest';
import type { Event } from '@partyline/protocol';
import { expect } from 'vitest';
import type { Repair } from '../datagram.ts';
import { type FeedNews, FeedReceiver } from './receiver.ts';

const event = (room: string, seq: number): Event => ({
  ...{ room, seq, at: 0, id: `${seq}`, kind: 'message', session: 's', person: 'p', nick: 'ann' },
  text: `${room} ${seq}`,
});

const step = fc.record({
  room: fc.constantFrom('lobby', 'ops'),
  count: fc.integer({ min: 1, max: 5 }),
  /** What the network does with the datagram. */
  fate: fc.constantFrom('arrives', 'arrives', 'lost', 'doubled', 'late'),
  ms: fc.integer({ min: 0, max: 400 }),
});

/** Marsaglia's xorshift: the same numbers from 0 to below 1 for the same seed. */
const randomOf = (seed: number) => {
  let state = seed | 0 || 1;
  return (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

/** A feed over a network that loses, doubles and delays, with a server that answers every question it hears. */
const simulate = (
  steps: readonly { room: string; count: number; fate: string; ms: number }[],
  random: () => number,
) => {
  let now = 0;
  const heads: Record<string, number> = { lobby: 0, ops: 0 };
  const news: FeedNews[] = [];
  const late: (() => void)[] = [];
  const receiver = new FeedReceiver({
    ...{ wants: () => true, now: () => now, random },
    cursors: { epoch: 'e', rooms: { lobby: 0, ops: 0 } },
  });
  const take = (it: Parameters<FeedReceiver['take']>[0]): void => {
    news.push(...receiver.take(it));
  };
  const answer = ({ room, from, to }: Repair): void => {
    for (let seq = from; seq <= to; seq += 1)
      if (random() > 0.3) take({ type: 'feed', epoch: 'e', events: [event(room, seq)] });
  };
  const ask = (): void => {
    for (const question of receiver.due()) if (random() > 0.3) answer(question);
  };
  for (const { room, count, fate, ms } of steps) {
    now += ms;
    const from = (heads[room] ?? 0) + 1;
    heads[room] = from + count - 1;
    const events = Array.from({ length: count }, (_, i) => event(room, from + i));
    const arrive = (): void => take({ type: 'feed', epoch: 'e', events });
    if (fate === 'late') late.push(arrive);
    else for (let i = ['lost', 'arrives', 'doubled'].indexOf(fate); i > 0; i -= 1) arrive();
    ask();
  }
  for (const arrive of late) arrive();
  const rooms = Object.entries(heads).map(([room, head]) => ({ room, first: 1, head }));
  for (
    let round = 0;
    round < 2_000 && news.length < (heads.lobby ?? 0) + (heads.ops ?? 0);
    round += 1
  ) {
    now += 500;
    if (round % 4 === 0) take({ type: 'heads', epoch: 'e', port: 7020, rooms });
    ask();
  }
  return { news, heads };
};

test.prop([fc.array(step, { maxLength: 60 }), fc.integer({ min: 1 })])(
  'every event comes once and in order, whatever the network does',
  (steps, seed) => {
    const { news, heads } = simulate(steps, randomOf(seed));
    for (const [room, head] of Object.entries(heads)) {
      const seqs = news.flatMap((it) =>
        it.type === 'event' && it.event.room === room ? it.event.seq : [],
      );
      expect(seqs).toEqual(Array.from({ length: head }, (_, i) => i + 1));
    }
  },
);
