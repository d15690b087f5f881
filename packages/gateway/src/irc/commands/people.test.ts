import type { PersonInfo } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { enter, NOW } from '../rehearsal.ts';

/** What `WHOIS` tells of somebody. */
const whois = (its: Partial<PersonInfo>): readonly string[] => {
  const { interpreter, you, ask } = enter();
  const [request] = ask('WHOIS bob');
  const people: PersonInfo[] = [{ nick: 'bob', online: true, rooms: ['lobby'], ...its }];
  return interpreter.show({ type: 'people', people }, you, request);
};

test('WHOIS tells for how many seconds somebody has said nothing, and when they came', () => {
  const told = whois({ since: NOW - 90_500, spokeAt: NOW - 61_500 });
  expect(told).toContainEqual(expect.stringMatching(/ 317 ann bob 61 1699999909 /));
});

test('WHOIS tells neither where that is not known, and no time to come', () => {
  expect(whois({ since: NOW - 5_000 }).join()).not.toContain(' 317 ');
  expect(whois({ since: NOW + 5_000, spokeAt: NOW + 5_000 })).toContainEqual(
    expect.stringMatching(/ 317 ann bob 0 1700000000 /),
  );
});
