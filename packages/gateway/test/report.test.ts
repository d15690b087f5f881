import { GatewayReport, LOBBY, limits, problem } from '@partyline/protocol';
import { Compile } from 'typebox/compile';
import { expect, test } from 'vitest';
import { lines, say, simulate } from './simulation.ts';

const checked = Compile(GatewayReport);

test('a report tells how many clients there are, and what they did', async () => {
  const { clock, line, gateway, connect, enter } = simulate();
  const { dialect } = lines();
  const ada = await enter('ada', dialect);
  await enter('bob', dialect);
  connect(dialect);
  ada.send(say('hi'));
  await clock.settle();
  line.deliver(LOBBY);
  await clock.settle();
  const report = gateway.report();
  expect(checked.Check(report)).toBe(true);
  expect(report).toMatchObject({
    ...{ connections: 3, sessions: 2, queuedBytes: 0, slow: 0, slowest: [], stallMs: 60_000 },
    totals: { publishes: 3, deliveries: 2 },
  });
});

test('who is served from the log and takes it slowly is slow, until it has caught up', async () => {
  const { clock, line, gateway, enter } = simulate({ highWaterBytes: 40 });
  const { dialect } = lines();
  const ada = await enter('ada', dialect);
  await enter('bob', dialect);
  ada.stall();
  for (let n = 1; n <= 9; n++) {
    line.append(LOBBY, 'x', `a text of some length ${n}`);
    line.deliver(LOBBY);
    await clock.settle();
  }
  await clock.advance(3_000);
  const report = gateway.report();
  expect(checked.Check(report)).toBe(true);
  expect(report).toMatchObject({ slow: 1, slowest: [{ nick: 'ada', wire: 'lines+simulated' }] });
  const [slowest] = report.slowest;
  expect(slowest?.queuedBytes).toBe(report.queuedBytes);
  expect(slowest?.queuedBytes).toBeGreaterThan(40);
  expect(slowest?.owedEvents).toBeGreaterThan(5);
  expect(slowest?.behindMs).toBe(2_000);
  expect(slowest?.stalledMs).toBeGreaterThanOrEqual(2_000);

  while (ada.lines.at(-1) !== 'lobby/9 x:a text of some length 9') {
    ada.read();
    await clock.settle();
  }
  await clock.advance(1_000);
  expect(gateway.report()).toMatchObject({ slow: 0, slowest: [], queuedBytes: 0 });
});

test('of many who are slow the worst are told one by one', async () => {
  const { clock, line, gateway, enter } = simulate({ highWaterBytes: 1 });
  const count = limits.slowReadersTold + 3;
  for (let n = 0; n < count; n++) {
    const reader = await enter(`r${n}`, lines().dialect);
    reader.stall();
    line.append(LOBBY, 'x', `to ${n + 1} readers`);
    line.deliver(LOBBY);
    await clock.settle();
  }
  await clock.advance(1_000);
  const { slow, slowest } = gateway.report();
  expect(slow).toBe(count);
  const bytes = slowest.map((it) => it.queuedBytes);
  expect(bytes).toHaveLength(limits.slowReadersTold);
  expect(bytes).toEqual(bytes.toSorted((a, b) => b - a));
});

/** Time that stands still until it is moved, and what was timed. */
const stopwatch = () => {
  const taken: number[] = [];
  const time = { at: 0 };
  return { time, taken, elapsed: () => time.at, took: (ms: number) => void taken.push(ms) };
};

test('what a client says is timed until it is written to those who read it', async () => {
  const watch = stopwatch();
  const { clock, line, enter } = simulate({}, watch);
  const { dialect } = lines();
  const ada = await enter('ada', dialect);
  const bob = await enter('bob', dialect);
  ada.send(say('hi', 'one'));
  await clock.settle();
  watch.time.at += 100;
  line.deliver(LOBBY);
  watch.time.at += 30;
  expect(watch.taken).toEqual([]);
  expect(bob.lines).toEqual([]);
  await clock.settle();
  expect(bob.lines).toEqual(['lobby/1 ada:hi']);
  expect(watch.taken).toEqual([130]);
});

test('what is refused, and what others said elsewhere, is not timed', async () => {
  const watch = stopwatch();
  const { clock, line, gateway, enter } = simulate({}, watch);
  const ada = await enter('ada', lines().dialect);
  const [session = ''] = gateway.sessions();
  line.refuse = problem('unavailable');
  ada.send(say('hi', 'one'));
  await clock.settle();
  line.refuse = undefined;
  line.append(LOBBY, 'x', 'from elsewhere');
  line.append(LOBBY, session, 'hi', 'one');
  line.deliver(LOBBY);
  await clock.settle();
  expect(watch.taken).toEqual([]);
});

test('of what is said at once, the first is timed', async () => {
  const watch = stopwatch();
  const { clock, line, enter } = simulate({}, watch);
  const ada = await enter('ada', lines().dialect);
  for (const id of ['one', 'two', 'three']) {
    ada.send(say('hi', id));
    await clock.settle();
    watch.time.at += 2;
  }
  watch.time.at += 4;
  ada.send(say('hi', 'four'));
  await clock.settle();
  line.deliver(LOBBY);
  await clock.settle();
  expect(watch.taken).toEqual([10, 0]);
});
