import type { Event } from '@partyline/protocol';
import { newSampledTrace, newUnsampledTrace, type Recorder } from '@partyline/service';
import { expect, test } from 'vitest';
import type { Effect } from './line/effect.ts';
import { traceDelivered } from './trace-delivered.ts';

type Recorded = readonly [own: string, cause: string | undefined, name: string];

const rehearse = () => {
  const recorded: Recorded[] = [];
  const delivered: (readonly Effect[])[] = [];
  const recorder: Recorder = {
    next: () => newSampledTrace(),
    record: (own, cause, { name }) => void recorded.push([own, cause, name]),
  };
  return { recorded, delivered, deliver: traceDelivered(recorder, (it) => delivered.push(it)) };
};

const eventOf = (trace?: string): Effect => ({
  type: 'event',
  event: {
    ...{ room: 'lobby', seq: 1, at: 0, id: '1', kind: 'message', session: 's', person: 'p' },
    ...{ nick: 'ann', text: 'hi', ...(trace !== undefined && { trace }) },
  } as Event,
});
const traceOf = (effects: readonly Effect[] | undefined): string | undefined => {
  const [it] = effects ?? [];
  return it?.type === 'event' ? it.event.trace : undefined;
};

test('what was committed here goes from its publish to its commit and on to the streams', () => {
  const { recorded, delivered, deliver } = rehearse();
  const told = newSampledTrace();
  deliver([eventOf(told)], { works: 3, seconds: 0.01 });
  const onward = traceOf(delivered[0]);
  const commit = recorded[0]?.[0];
  expect(recorded).toEqual([
    [commit, told, 'commit'],
    [onward, commit, 'fan out'],
  ]);
});

test('what another chat-core committed goes from its publish to the streams here', () => {
  const { recorded, delivered, deliver } = rehearse();
  const told = newSampledTrace();
  deliver([eventOf(told)]);
  expect(recorded).toEqual([[traceOf(delivered[0]), told, 'fan out']]);
});

test('what nobody traces is delivered as it is', () => {
  const { recorded, delivered, deliver } = rehearse();
  const effects = [eventOf(newUnsampledTrace()), eventOf()];
  deliver(effects, { works: 2, seconds: 0.01 });
  expect(delivered).toEqual([effects]);
  expect(recorded).toEqual([]);
});
