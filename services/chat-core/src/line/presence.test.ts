import { limits, type PresenceChange, type SignalOf } from '@partyline/protocol';
import { beforeEach, expect, test } from 'vitest';
import { Presence } from './presence.ts';

let now: number;
let timer: { at: number; act: () => void } | undefined;
let told: SignalOf<'presence'>[];
let presence: Presence;
beforeEach(() => {
  now = 1_000;
  timer = undefined;
  told = [];
  presence = new Presence({
    now: () => now,
    after: (ms, act) => {
      timer = { at: now + ms, act };
      return () => {
        timer = undefined;
      };
    },
    tell: (signal) => told.push(signal),
    flush: () => {},
  });
});

const passTime = (): void => {
  const due = timer;
  if (due === undefined) throw new Error('nothing is waited for');
  timer = undefined;
  now = due.at;
  due.act();
};

const come = (session: string, members: number): void => {
  const change: PresenceChange = { change: 'joined', nick: session, session, online: members };
  presence.take('lobby', change, members);
};
const go = (session: string, members: number): void => {
  const change: PresenceChange = { change: 'left', nick: session, session, online: members };
  presence.take('lobby', change, members);
};

test('tells all changes of one commit in one notice, at once', () => {
  come('a', 1);
  come('b', 2);
  presence.commit();
  expect(told).toMatchObject([{ room: 'lobby', members: 2, online: 2, moreJoined: 0 }]);
  expect(told[0]?.changes.map((it) => it.nick)).toEqual(['a', 'b']);
  expect(timer).toBeUndefined();
});

test('gathers what follows a notice in a big room', () => {
  come('a', 51);
  presence.commit();
  come('b', 52);
  presence.commit();
  come('c', 53);
  presence.commit();
  expect(told).toHaveLength(1);
  passTime();
  expect(now).toBe(1_250);
  expect(told[1]).toMatchObject({ changes: [{ nick: 'b' }, { nick: 'c' }], members: 53 });
});

/** So many people come, five in a millisecond. */
const storm = (joins: number): void => {
  for (let members = 1; members <= joins; members++) {
    come(`session-${members}`, members);
    presence.commit();
    now += 0.2;
    if (timer !== undefined && timer.at <= now) passTime();
  }
  if (timer !== undefined) passTime();
};

test.for([1_000, 10_000, 30_000])(
  'costs a storm of %i joins as many names as it has joins, not their square',
  (joins) => {
    storm(joins);
    const toldOf = told.reduce((sum, it) => sum + it.changes.length + it.moreJoined, 0);
    expect(toldOf).toBe(joins);
    expect(Math.max(...told.map((it) => it.changes.length))).toBe(limits.presenceNames);
    const namesRead = told.reduce((sum, it) => sum + it.changes.length * it.members, 0);
    expect(namesRead / joins).toBeLessThan(2 * limits.presenceNames);
  },
);

test('does not tell of somebody who came and went within one notice', () => {
  come('a', 60);
  presence.commit();
  come('b', 61);
  go('b', 60);
  presence.commit();
  passTime();
  expect(told).toHaveLength(1);
});

test('tells rooms apart', () => {
  come('a', 2_000);
  presence.take('ops', { change: 'joined', nick: 'a', session: 'a', online: 1 }, 1);
  presence.commit();
  come('b', 2_001);
  presence.take('ops', { change: 'joined', nick: 'b', session: 'b', online: 2 }, 2);
  presence.commit();
  expect(told.map((it) => it.room)).toEqual(['lobby', 'ops', 'ops']);
});
