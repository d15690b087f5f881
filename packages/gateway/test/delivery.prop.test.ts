import { fc, test } from '@fast-check/vitest';
import { LOBBY } from '@partyline/protocol';
import { expect } from 'vitest';
import { lines, type SimulatedConnection, simulate } from './simulation.ts';

type Step =
  | { do: 'append' | 'deliver' | 'turn' | 'enter' }
  | { do: 'stall' | 'read' | 'vanish'; reader: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ do: 'append' }) },
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'deliver' }) },
  { weight: 4, arbitrary: fc.constant<Step>({ do: 'turn' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'enter' }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('stall' as const, 'stall' as const, 'read' as const),
      reader: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('vanish' as const), reader: fc.nat(9) }) },
);

const HIGH_WATER_BYTES = 60;
const EVENT_BYTES = 'lobby/99 x:some text\n'.length;
/** The simulated line's pages hold no more. */
const PAGE_EVENTS = 3;

test.prop([fc.array(step, { minLength: 20, maxLength: 150, size: 'max' })])(
  'every reader gets every event since it came once and in order, and costs bounded memory, whoever stalls',
  async (steps) => {
    const { clock, line, enter } = simulate({ highWaterBytes: HIGH_WATER_BYTES });
    const { dialect } = lines();
    const readers: { connection: SimulatedConnection; since: number; isGone: boolean }[] = [];
    // What comes in one turn is shown at once: that much may be queued beyond the mark.
    let undelivered = 0;
    let thisTurn = 0;
    let most = PAGE_EVENTS;
    for (const it of steps) {
      if (it.do === 'append') {
        line.append(LOBBY, 'x', 'some text');
        undelivered += 1;
      } else if (it.do === 'deliver') {
        line.deliver(LOBBY);
        if (line.cursor(LOBBY) !== undefined) thisTurn += undelivered;
        most = Math.max(most, thisTurn);
        undelivered = 0;
      } else if (it.do === 'turn') {
        await clock.endTurn();
        thisTurn = 0;
      } else if (it.do === 'enter') {
        const since = line.head(LOBBY);
        const connection = await enter(`n${readers.length}`, dialect);
        readers.push({ connection, since, isGone: false });
      } else if ('reader' in it) {
        const reader = readers[it.reader];
        if (reader === undefined || reader.isGone) continue;
        if (it.do === 'stall') reader.connection.stall();
        if (it.do === 'read') reader.connection.read();
        if (it.do === 'vanish') {
          reader.isGone = true;
          reader.connection.receiver?.gone('vanished');
          await clock.settle();
          reader.connection.writes.length = 0;
        }
      }
      for (const { connection } of readers)
        expect(connection.queuedBytes).toBeLessThanOrEqual(HIGH_WATER_BYTES + most * EVENT_BYTES);
    }
    line.deliver(LOBBY);
    await clock.settle();
    // Each read lets the next page out, as a client that reads on does.
    for (let round = 0; round < steps.length + 1; round++) {
      for (const { connection } of readers) connection.read();
      await clock.advance(1_000);
    }
    for (const { connection, since, isGone } of readers) {
      const seen = connection.lines.map((text) => Number(/^lobby\/(\d+) /.exec(text)?.[1]));
      const owed = Array.from({ length: line.head(LOBBY) - since }, (_, n) => since + n + 1);
      expect(seen).toEqual(isGone ? [] : owed);
    }
  },
);
