import { LOBBY } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { lines, say, simulate } from './simulation.ts';

describe('a room', () => {
  test('is rendered once per dialect, and leaves in one write per connection and turn', async () => {
    const { clock, line, enter } = simulate();
    const { dialect, rendered } = lines();
    const readers = [];
    for (const nick of ['a', 'b', 'c', 'd']) readers.push(await enter(nick, dialect));
    for (const text of ['one', 'two', 'three']) line.append(LOBBY, 'x', text);
    line.deliver(LOBBY);
    await clock.settle();
    expect(rendered).toEqual(['lobby/1', 'lobby/2', 'lobby/3']);
    for (const reader of readers) {
      expect(reader.writes).toHaveLength(1);
      expect(reader.lines).toEqual(['lobby/1 x:one', 'lobby/2 x:two', 'lobby/3 x:three']);
    }
  });

  test('says so to all who read it when what they were owed is not in the log any more', async () => {
    const { clock, line, enter } = simulate();
    const { dialect } = lines();
    const ada = await enter('ada', dialect);
    for (const text of ['one', 'two', 'three', 'four']) line.append(LOBBY, 'x', text);
    const log = line.logs.get(LOBBY) ?? [];
    line.logs.set(LOBBY, [...log.slice(0, 1), ...log.slice(3)]);
    line.deliver(LOBBY);
    await clock.settle();
    const [first, gap, ...rest] = ada.lines;
    expect([first, ...rest]).toEqual(['lobby/1 x:one', 'lobby/4 x:four']);
    expect(gap).toContain('"room":"lobby","from":2,"next":4');
  });

  test('is not told to who spoke when the dialect has no echo', async () => {
    const { clock, line, enter } = simulate();
    const { dialect } = lines({ echo: false });
    const ada = await enter('ada', dialect);
    const bob = await enter('bob', dialect);
    ada.send(say('hi'));
    await clock.settle();
    bob.send(say('ho'));
    await clock.settle();
    line.deliver(LOBBY);
    await clock.settle();
    expect(ada.lines).toEqual(['lobby/2 bob:ho']);
    expect(bob.lines).toEqual(['lobby/1 ada:hi']);
  });

  test('tells nobody of their own coming', async () => {
    const { clock, enter, gateway } = simulate();
    const { dialect } = lines();
    const ada = await enter('ada', dialect);
    const bob = await enter('bob', dialect);
    const [first = '', second = ''] = gateway.sessions();
    gateway.take([
      {
        type: 'signal',
        signal: {
          ...{ type: 'presence', room: LOBBY, moreJoined: 0, moreLeft: 0, members: 2, online: 2 },
          changes: [
            { change: 'joined', nick: 'ada', session: first, online: 1 },
            { change: 'joined', nick: 'bob', session: second, online: 2 },
          ],
        },
      },
    ]);
    await clock.settle();
    expect(ada.lines).toEqual(['joined bob']);
    expect(bob.lines).toEqual(['joined ada']);
  });

  test('shows a newcomer nothing from before it came, whatever is still on its way', async () => {
    const { clock, line, enter } = simulate();
    const { dialect } = lines();
    await enter('ada', dialect);
    line.append(LOBBY, 'x', 'before');
    const bob = await enter('bob', dialect);
    line.append(LOBBY, 'x', 'after');
    line.deliver(LOBBY);
    await clock.settle();
    expect(bob.lines).toEqual(['lobby/2 x:after']);
  });

  test('is followed on the line only while somebody reads it', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    expect(line.cursor(LOBBY)).toBe(0);
    ada.receiver?.gone('vanished');
    await clock.settle();
    expect(line.cursor(LOBBY)).toBeUndefined();
  });

  test('says where the log goes on when it became another one', async () => {
    const { clock, line, enter, gateway } = simulate();
    const ada = await enter('ada', lines().dialect);
    for (const text of ['one', 'two']) line.append(LOBBY, 'x', text);
    line.deliver(LOBBY);
    await clock.settle();
    ada.writes.length = 0;
    line.logs.clear();
    line.cursors.set(LOBBY, 0);
    gateway.reset('e2');
    line.append(LOBBY, 'x', 'new');
    line.deliver(LOBBY);
    await clock.settle();
    expect(ada.lines).toEqual([
      'gap {"type":"gap","room":"lobby","from":3,"next":1,"epoch":"e2"}',
      'lobby/1 x:new',
    ]);
  });
});
