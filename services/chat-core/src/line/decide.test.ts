import { limits } from '@partyline/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf, receipt, rehearse, rules, sessionId, tokenOf } from './rehearsal.ts';

let it: ReturnType<typeof rehearse>;
beforeEach(async () => {
  it = rehearse();
  await it.hello('i1');
  await it.hello('i2');
});

describe('entering', () => {
  test('puts a guest into the lobby, and tells who is there already', async () => {
    await it.open('ann');
    await it.say('ann', 'hi');
    it.told();
    expect(receipt(await it.open('bob'), 'opened')).toMatchObject({
      ...{ nick: 'bob', online: 2, epoch: '0123456789abcdef' },
      rooms: [{ room: 'lobby', seq: 1, since: 1, members: 2 }],
    });
    expect(it.changesIn('lobby')).toEqual([
      { change: 'joined', nick: 'bob', session: sessionId('bob'), online: 2 },
    ]);
  });

  test('again with the same session and token is the same entrance', async () => {
    const first = await it.open('ann');
    it.told();
    const again = await it.open('ann');
    expect({ ...again, id: '' }).toEqual({ ...first, id: '' });
    expect(it.told()).toEqual([]);
  });

  test('under a nick that differs in case only is refused', async () => {
    await it.open('ann');
    expect(codeOf(await it.open('other', { nick: 'ANN' }))).toBe('nick-taken');
    expect(codeOf(await it.open('other', { nick: '' }))).toBe('nick-empty');
    expect(codeOf(await it.open('other', { nick: 'operator' }))).toBe('nick-reserved');
  });

  test('is refused to an instance that never said hello', async () => {
    expect(codeOf(await it.open('ann', { by: 'i9' }))).toBe('instance-unknown');
  });

  test('makes the rooms that are asked for, in their one spelling', async () => {
    const { rooms } = receipt(await it.open('ann', { rooms: ['#Ops', 'ops', 'Lobby'] }), 'opened');
    expect(rooms.map((room) => room.room)).toEqual(['ops', 'lobby']);
    expect(codeOf(await it.open('bob', { rooms: ['no room'] }))).toBe('room-bad');
  });
});

describe('saying', () => {
  test('numbers what is said 1, 2, 3 in each room', async () => {
    await it.open('ann', { rooms: ['lobby', 'ops'] });
    const said = [
      await it.say('ann', 'a'),
      await it.say('ann', 'b', { room: 'ops' }),
      await it.say('ann', 'c', { room: '#Lobby' }),
    ];
    expect(said).toMatchObject([
      { room: 'lobby', seq: 1, at: it.clock.now },
      { room: 'ops', seq: 1 },
      { room: 'lobby', seq: 2 },
    ]);
  });

  test('the same id again gets the same receipt, later and from elsewhere too', async () => {
    await it.open('ann');
    const first = await it.say('ann', 'hi', { id: 'mine' });
    it.clock.now += 5_000;
    it.told();
    expect(await it.say('ann', 'hi', { id: 'mine' })).toEqual(first);
    await it.resume('ann', 'i2');
    expect(await it.say('ann', 'hi', { id: 'mine', by: 'i2' })).toEqual(first);
    expect(it.told().filter((effect) => effect.type === 'event')).toEqual([]);
  });

  test('never gives an event an earlier time than the one before it', async () => {
    await it.open('ann');
    const first = receipt(await it.say('ann', 'a'), 'published');
    it.clock.now -= 60_000;
    expect(await it.say('ann', 'b')).toMatchObject({ seq: 2, at: first.at });
  });

  test('the same id by another person is another publish', async () => {
    await it.open('ann');
    await it.open('bob');
    await it.say('ann', 'hi', { id: 'same' });
    expect(await it.say('bob', 'hi', { id: 'same' })).toMatchObject({ seq: 2 });
  });

  test('is for members, in rooms, with a text', async () => {
    await it.open('ann');
    expect(codeOf(await it.say('ann', 'hi', { room: 'ops' }))).toBe('room-not-joined');
    expect(codeOf(await it.say('ann', ' \u0007 '))).toBe('text-empty');
    expect(codeOf(await it.say('ann', 'x'.repeat(limits.textCodePoints + 1)))).toBe(
      'text-too-long',
    );
    expect(codeOf(await it.say('nobody', 'hi'))).toBe('session-unknown');
    expect(codeOf(await it.say('ann', 'hi', { id: 'a\nb' }))).toBe('id-bad');
    expect(codeOf(await it.say('ann', 'hi', { id: '\ud800' }))).toBe('id-bad');
  });

  test('is refused to an instance that no longer holds the session', async () => {
    await it.open('ann');
    await it.resume('ann', 'i2');
    expect(codeOf(await it.say('ann', 'late', { by: 'i1' }))).toBe('session-unknown');
    expect(codeOf(await it.ask('ann', { type: 'detach' }, { by: 'i1' }))).toBe('session-unknown');
    expect(codeOf(await it.say('ann', 'here', { by: 'i2' }))).toBe('published');
  });

  test('sets a topic in one line, and clears it', async () => {
    await it.open('ann');
    await it.ask('ann', { type: 'topic', room: 'lobby', text: ' of\n many  \n lines ' });
    expect(await it.read.room('lobby')).toMatchObject({ topic: 'of many lines', topicBy: 'ann' });
    const later = receipt(await it.open('bob'), 'opened');
    expect(later.rooms[0]?.topic).toBe('of many lines');
    await it.ask('ann', { type: 'topic', room: 'lobby', text: '' });
    expect(await it.read.room('lobby')).toMatchObject({ topic: null, seq: 2 });
  });
});

describe('speaking in private', () => {
  test('brings both into the log of the two, each once, before the event', async () => {
    await it.open('ann');
    await it.open('bob', { by: 'i2' });
    it.told();
    const first = receipt(
      await it.ask('ann', { type: 'private', to: 'BOB', text: 'a' }),
      'published',
    );
    const effects = it.told();
    const entered = { type: 'entered', session: sessionId('bob'), room: first.room, since: 0 };
    expect(it.linesTo('i2', effects)).toEqual([entered]);
    expect(effects.at(-1)).toMatchObject({ type: 'event', event: { to: 'bob', seq: 1 } });
    await it.ask('bob', { type: 'private', to: 'ann', text: 'b' }, { by: 'i2' });
    expect(it.told()).toMatchObject([{ type: 'event', event: { room: first.room, seq: 2 } }]);
  });

  test('reaches oneself once, and nobody who is not there', async () => {
    await it.open('ann');
    expect(codeOf(await it.ask('ann', { type: 'private', to: 'ann', text: 'a' }))).toBe(
      'published',
    );
    expect(codeOf(await it.ask('ann', { type: 'private', to: 'bob', text: 'a' }))).toBe(
      'nick-unknown',
    );
  });

  test('in the batch in which the other one comes is decided as if it came later', async () => {
    await it.open('ann');
    const outcomes = await it.line.publish('i1', [
      it.envelope('bob', { type: 'open', nick: 'bob', token: tokenOf('bob'), wire: 'x' }),
      it.envelope('ann', { type: 'private', to: 'bob', text: 'welcome' }),
      it.envelope('bob', { type: 'private', to: 'ann', text: 'thanks' }),
    ]);
    expect(outcomes).toMatchObject([{ type: 'opened' }, { seq: 1 }, { seq: 2 }]);
  });

  test('leaves no way to part from the log of two, or to name it', async () => {
    await it.open('ann');
    const { room } = receipt(
      await it.ask('ann', { type: 'private', to: 'ann', text: 'a' }),
      'published',
    );
    expect(codeOf(await it.ask('ann', { type: 'part', room }))).toBe('room-unknown');
    expect(codeOf(await it.ask('ann', { type: 'join', room }))).toBe('room-bad');
  });
});

describe('rooms', () => {
  test('are joined once, and left', async () => {
    await it.open('ann');
    const joined = await it.ask('ann', { type: 'join', room: '#Ops' });
    expect(joined).toMatchObject({ room: { room: 'ops', seq: 0, since: 0, members: 1 } });
    expect({ ...(await it.ask('ann', { type: 'join', room: 'ops' })), id: '' }).toEqual({
      ...joined,
      id: '',
    });
    it.told();
    expect(codeOf(await it.ask('ann', { type: 'part', room: 'ops', reason: 'tea' }))).toBe(
      'parted',
    );
    expect(it.changesIn('ops')).toMatchObject([
      { change: 'left', nick: 'ann', how: 'parted', reason: 'tea' },
    ]);
    expect(codeOf(await it.ask('ann', { type: 'part', room: 'ops' }))).toBe('parted');
  });

  test('are bounded for one session', async () => {
    const rooms = Array.from({ length: limits.roomsPerSession }, (_, index) => `r${index}`);
    await it.open('ann', { rooms });
    expect(codeOf(await it.ask('ann', { type: 'join', room: 'r0' }))).toBe('joined');
    expect(codeOf(await it.ask('ann', { type: 'join', room: 'more' }))).toBe('rooms-too-many');
  });
});

describe('renaming', () => {
  test('is told once in each room, and frees the old nick', async () => {
    await it.open('ann', { rooms: ['lobby', 'ops'] });
    it.told();
    expect(await it.ask('ann', { type: 'rename', nick: 'Eve' })).toMatchObject({ nick: 'Eve' });
    const effects = it.told();
    for (const room of ['lobby', 'ops'])
      expect(it.changesIn(room, effects)).toMatchObject([
        { change: 'renamed', nick: 'Eve', was: 'ann', online: 1 },
      ]);
    expect(codeOf(await it.open('bob', { nick: 'ann' }))).toBe('opened');
    expect(codeOf(await it.ask('ann', { type: 'rename', nick: 'ANN' }))).toBe('nick-taken');
    expect(codeOf(await it.ask('ann', { type: 'rename', nick: 'EVE' }))).toBe('renamed');
  });
});

describe('a nick', () => {
  test('that looks like a registered one is refused, but to its owner', async () => {
    await it.open('ann', { nick: 'Alice' });
    await it.register('ann');
    expect(await it.open('eve', { nick: 'AIice' })).toMatchObject({
      problem: { code: 'nick-confusable', params: { nick: 'Alice' } },
    });
    await it.open('eve');
    expect(codeOf(await it.ask('eve', { type: 'rename', nick: 'Αlice' }))).toBe('nick-confusable');
    expect(codeOf(await it.ask('ann', { type: 'rename', nick: 'AIice' }))).toBe('renamed');
    expect(codeOf(await it.ask('eve', { type: 'rename', nick: 'alice' }))).toBe('nick-registered');
  });

  test('of a guest that came to look like a registered one can’t be registered too', async () => {
    await it.open('ann', { nick: 'bob' });
    await it.open('eve', { nick: 'b0b' });
    expect(await it.register('ann')).toMatchObject({ nick: 'bob' });
    expect(await it.register('eve')).toMatchObject({ code: 'nick-confusable' });
    expect(codeOf(await it.say('eve', 'still here'))).toBe('published');
  });

  test('that a hundred ask for at once is one’s', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `racer-${index}`);
    await Promise.all(names.map((name) => it.open(name)));
    const asked = await Promise.all([
      it.line.publish(
        'i1',
        names.slice(0, 50).map((name) => it.envelope(name, { type: 'rename', nick: 'Prize' })),
      ),
      ...names.slice(50).map((name) => it.ask(name, { type: 'rename', nick: 'PRIZE' })),
    ]);
    expect(asked.flat().map(codeOf).sort()).toEqual([
      ...names.slice(1).map(() => 'nick-taken'),
      'renamed',
    ]);
    const holders = [...it.tables.sessions.values()].filter((row) => row.nameKey === 'prize');
    expect(holders).toHaveLength(1);
  });
});

describe('going', () => {
  test('by goodbye is told at once, and is final', async () => {
    await it.open('ann');
    await it.open('bob');
    it.told();
    await it.ask('ann', { type: 'close', reason: 'supper' });
    expect(it.changesIn('lobby')).toEqual([
      {
        change: 'left',
        nick: 'ann',
        session: sessionId('ann'),
        online: 1,
        how: 'quit',
        reason: 'supper',
      },
    ]);
    expect(codeOf(await it.ask('ann', { type: 'close' }))).toBe('done');
    expect(codeOf(await it.resume('ann'))).toBe('resume-unknown');
    expect(codeOf(await it.open('eve', { nick: 'ann' }))).toBe('opened');
  });

  test('by a lost connection is not told to anybody within the grace time', async () => {
    await it.open('ann');
    it.told();
    await it.ask('ann', { type: 'detach' });
    it.clock.now += rules.graceMs - 1;
    await it.line.run({ type: 'sweep' });
    const resumed = receipt(await it.resume('ann', 'i2'), 'opened');
    expect(resumed.rooms).toMatchObject([{ room: 'lobby', since: 0 }]);
    expect(it.changesIn('lobby')).toEqual([]);
  });

  test('by a lost connection is told when the grace time is out, and can be undone', async () => {
    await it.open('ann');
    await it.say('ann', 'before');
    await it.open('bob');
    await it.ask('bob', { type: 'detach' });
    it.clock.now += rules.graceMs;
    it.told();
    await it.line.run({ type: 'sweep' });
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'left', nick: 'bob' }]);
    await it.say('ann', 'meanwhile');
    it.told();
    const { rooms, nick } = receipt(await it.resume('bob'), 'opened');
    expect({ rooms, nick }).toMatchObject({ nick: 'bob', rooms: [{ since: 1, seq: 2 }] });
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'joined', nick: 'bob' }]);
  });

  test('cannot be undone once another has the nick, or for ever', async () => {
    await it.open('ann');
    await it.ask('ann', { type: 'detach' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    await it.open('eve', { nick: 'ann' });
    expect(codeOf(await it.resume('ann'))).toBe('nick-taken');
    await it.ask('eve', { type: 'close' });
    it.clock.now += rules.resumeMs;
    expect(codeOf(await it.resume('ann'))).toBe('resume-unknown');
    await it.line.run({ type: 'sweep' });
    expect(it.tables.sessions.size).toBe(0);
  });

  test('by force is told to its instance, and is final', async () => {
    await it.open('ann');
    it.told();
    const kick = { type: 'kick', target: sessionId('ann'), reason: 'enough' } as const;
    await it.ask('op', kick, { by: 'operator' });
    const effects = it.told();
    expect(it.linesTo('i1', effects)).toEqual([
      { type: 'ended', session: sessionId('ann'), cause: 'kicked', reason: 'enough' },
    ]);
    expect(it.changesIn('lobby', effects)).toMatchObject([{ change: 'left', reason: 'enough' }]);
    expect(codeOf(await it.resume('ann'))).toBe('resume-unknown');
    expect(await it.hello('i1', { sessions: ['ann'] })).toEqual([sessionId('ann')]);
  });
});

describe('resuming', () => {
  test('elsewhere ends the connection that the other instance still has', async () => {
    await it.open('ann');
    it.told();
    await it.resume('ann', 'i2');
    expect(it.linesTo('i1')).toEqual([
      { type: 'ended', session: sessionId('ann'), cause: 'resumed' },
    ]);
  });

  test('on the same instance leaves the old connection to it', async () => {
    await it.open('ann');
    it.told();
    expect(codeOf(await it.resume('ann'))).toBe('opened');
    expect(it.told()).toEqual([]);
  });

  test('takes the whole token', async () => {
    await it.open('ann');
    const token = `${sessionId('ann')}.${'x'.repeat(32)}`;
    expect(codeOf(await it.ask('ann', { type: 'resume', token, wire: 'x' }))).toBe(
      'resume-unknown',
    );
  });
});

describe('an instance', () => {
  test('that comes back keeps its sessions; those it lost have the grace time', async () => {
    await it.open('ann');
    await it.open('bob');
    expect(await it.hello('i1', { sessions: ['ann', 'ghost'] })).toEqual([sessionId('ghost')]);
    expect(await it.read.sessions('', 9)).toMatchObject([{ state: 'live' }, { state: 'detached' }]);
  });

  test('that was away too long loses its sessions, and gets them back if their nicks are free', async () => {
    await it.open('ann');
    await it.open('bob');
    it.clock.now += rules.leaseMs;
    expect(await it.line.run({ type: 'sweep' })).toBe(false);
    expect(it.tables.names.size).toBe(0);
    await it.hello('i2');
    await it.open('eve', { nick: 'bob', by: 'i2' });
    it.told();
    expect(await it.hello('i1', { sessions: ['ann', 'bob'] })).toEqual([sessionId('bob')]);
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'joined', nick: 'ann' }]);
    expect(codeOf(await it.say('ann', 'back'))).toBe('published');
  });

  test('that leaves in good order gives its sessions the grace time', async () => {
    await it.open('ann');
    it.told();
    await it.line.run({ type: 'leave', instance: 'i1' });
    expect(it.changesIn('lobby')).toEqual([]);
    expect(codeOf(await it.resume('ann', 'i2'))).toBe('opened');
  });

  test('whose stream begins learns where logs stand, and of the pairs it may have missed', async () => {
    await it.open('ann');
    await it.open('bob', { by: 'i2' });
    await it.ask('bob', { type: 'private', to: 'ann', text: 'psst' }, { by: 'i2' });
    it.told();
    expect(await it.line.run({ type: 'attach', instance: 'i1' })).toBe(true);
    const [attached, entered] = it.told();
    const room = `~${sessionId('ann')}~${sessionId('bob')}`;
    expect(attached).toMatchObject({ type: 'attached', heads: { lobby: 0, [room]: 1 }, online: 2 });
    expect(entered).toMatchObject({ line: { type: 'entered', room, since: 0 } });
    expect(await it.line.run({ type: 'attach', instance: 'i9' })).toBe(false);
  });

  test('whose stream begins learns what its accounts go by, of which it may have lost word', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.open('bob');
    await it.login('phone', 'ann', 'i2');
    await it.ask('phone', { type: 'rename', nick: 'annie' }, { by: 'i2' });
    it.told();
    await it.line.run({ type: 'attach', instance: 'i1' });
    const renamed = { type: 'renamed', session: sessionId('ann'), nick: 'annie' };
    expect(it.linesTo('i1')).toEqual([renamed]);
  });

  test('gets its full time again when chat-core comes up', async () => {
    await it.open('ann');
    await it.open('bob');
    await it.ask('bob', { type: 'detach' });
    it.clock.now += 10 * rules.leaseMs;
    await it.line.run({ type: 'wake' });
    await it.line.run({ type: 'sweep' });
    expect(it.tables.names.size).toBe(2);
  });
});

test('whoever is put out while their instance has no stream is not held by it any more', async () => {
  await it.hello('i2');
  await it.open('ann');
  await it.ask('ann', { type: 'join', room: 'ops' });
  await it.open('bob', { by: 'i2', rooms: ['lobby', 'ops'] });
  it.attached.delete('i2');
  await it.ask('ann', { type: 'remove', room: 'ops', nick: 'bob' });
  expect(codeOf(await it.say('bob', 'hi', { by: 'i2' }))).toBe('session-unknown');
  expect(await it.hello('i2', { sessions: ['bob'] })).toEqual([sessionId('bob')]);
  expect(receipt(await it.resume('bob', 'i2'), 'opened').rooms).toMatchObject([{ room: 'lobby' }]);
});

describe('services', () => {
  test('are handed the slash commands they serve, when they are there', async () => {
    await it.open('ann');
    await it.hello('i2', { commands: ['dns'] });
    it.attached.delete('i2');
    const invoke = { type: 'invoke', name: 'dns', args: 'a.b MX', room: 'lobby' } as const;
    expect(codeOf(await it.ask('ann', invoke))).toBe('command-unserved');
    it.attached.add('i2');
    it.told();
    expect(codeOf(await it.ask('ann', invoke, { id: 'q' }))).toBe('done');
    expect(it.linesTo('i2')).toMatchObject([
      { type: 'invocation', id: 'q', name: 'dns', args: 'a.b MX', room: 'lobby', nick: 'ann' },
    ]);
  });

  test('speak under their own name, each id once', async () => {
    const announce = { type: 'announce', room: 'ops', text: 'up', nick: 'dns-probe' } as const;
    const first = await it.ask('i1', announce, { id: 'x' });
    expect(await it.ask('i1', announce, { id: 'x', by: 'i2' })).toEqual(first);
    expect((await it.read.page('ops', { after: 0, limit: 9 })).events).toMatchObject([
      { kind: 'notice', nick: 'dns-probe', session: 'i1', person: 'tcp-gateway' },
    ]);
  });

  test('may say something as more than text, which is kept with it', async () => {
    const report = { name: 'a.example', resolve: [], differences: [] };
    const card = { type: 'dns', report } as const;
    const announce = { type: 'announce', room: 'ops', text: 'up', nick: 'dns' } as const;
    await it.ask('i1', { ...announce, card });
    expect((await it.read.page('ops', { after: 0, limit: 9 })).events).toMatchObject([
      { text: 'up', card },
    ]);
    const name = 'x'.repeat(limits.cardBytes);
    const long = { type: 'dns', report: { ...report, name } } as const;
    expect(codeOf(await it.ask('i1', { ...announce, card: long }))).toBe('card-too-long');
  });

  test('may not speak as the operator', async () => {
    const announce = { type: 'announce', room: 'lobby', text: 'obey', nick: 'operator' } as const;
    expect(codeOf(await it.ask('i1', announce))).toBe('nick-reserved');
    expect(codeOf(await it.ask('op', announce, { by: 'operator' }))).toBe('published');
  });
});

test('typing is told to the room and kept nowhere', async () => {
  await it.open('ann');
  it.told();
  await it.ask('ann', { type: 'typing', room: 'lobby' });
  await it.ask('ann', { type: 'typing', room: 'lobby', stopped: true });
  const signal = { type: 'typing', room: 'lobby', nick: 'ann', session: sessionId('ann') };
  expect(it.told()).toEqual([
    { type: 'signal', signal },
    { type: 'signal', signal: { ...signal, stopped: true } },
  ]);
});

describe('accounts', () => {
  const ann = { nick: 'ann', account: 'a-ann', accountNick: 'ann' };
  test('keep a nick for their holder, also while nobody is there', async () => {
    await it.open('ann');
    expect(await it.register('ann')).toEqual(ann);
    await it.ask('ann', { type: 'close' });
    expect(codeOf(await it.open('eve', { nick: 'Ann' }))).toBe('nick-registered');
    await it.open('guest');
    it.told();
    expect(await it.identify('guest', 'ann')).toEqual(ann);
    expect(it.changesIn('lobby')).toMatchObject([
      { change: 'renamed', nick: 'ann', was: 'guest', accountNick: 'ann' },
      { change: 'identified', nick: 'ann', accountNick: 'ann' },
    ]);
  });

  test('are told by the nick that they have registered, whatever they go by', async () => {
    await it.open('bob');
    await it.open('ann');
    it.told();
    await it.register('ann');
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'identified', accountNick: 'ann' }]);
    await it.ask('ann', { type: 'rename', nick: 'annie' });
    await it.ask('ann', { type: 'say', room: 'lobby', text: 'hi' });
    await it.ask('bob', { type: 'say', room: 'lobby', text: 'hm' });
    const { events } = await it.read.page('lobby', { after: 0, limit: 9 });
    expect(events).toMatchObject([{ nick: 'annie', accountNick: 'ann' }, { nick: 'bob' }]);
    expect(events[1]).not.toHaveProperty('accountNick');
    const live = it.told().flatMap((told) => (told.type === 'event' ? told.event : []));
    expect(live.map((event) => event.accountNick)).toEqual(['ann', undefined]);
  });

  test('have another password once their holder registers again under their nick, and no other', async () => {
    await it.open('ann');
    await it.register('ann');
    const again = (password: string) =>
      it.line.run({ type: 'register', session: sessionId('ann'), account: 'a-2', password });
    expect(await again('y')).toMatchObject({ ...ann, changed: { ended: 0 } });
    expect(it.tables.accounts.get('a-ann')?.password).toBe('y');
    await it.ask('ann', { type: 'rename', nick: 'annie' });
    expect(await again('z')).toMatchObject({ code: 'account-has-nick', params: { nick: 'ann' } });
    expect([...it.tables.accounts.values()].map((row) => row.password)).toEqual(['y']);
  });

  test('say nothing again that their guest said under the same id', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.ask('ann', { type: 'close' });
    await it.open('bob');
    await it.open('guest');
    const said = await it.say('guest', 'hi', { id: 'mine' });
    const psst = { type: 'private', to: 'bob', text: 'psst' } as const;
    const whispered = await it.ask('guest', psst, { id: 'mine' });
    await it.identify('guest', 'ann');
    expect(await it.say('guest', 'hi', { id: 'mine' })).toEqual(said);
    expect(await it.ask('guest', psst, { id: 'mine' })).toEqual(whispered);
    expect([...it.tables.events.values()].flat()).toHaveLength(2);
  });

  test('show a person with several sessions once', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.open('phone');
    it.told();
    await it.identify('phone', 'ann');
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'left', nick: 'phone', online: 1 }]);
    expect(await it.read.members('lobby', 9)).toMatchObject({ count: 1 });
    await it.ask('ann', { type: 'close' });
    expect(it.changesIn('lobby')).toEqual([]);
    await it.ask('phone', { type: 'close' });
    expect(it.changesIn('lobby')).toMatchObject([{ change: 'left', nick: 'ann', online: 0 }]);
  });

  test('go by one nick in every session, which each is told of once', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.login('phone', 'ann', 'i2');
    it.told();
    await it.ask('phone', { type: 'rename', nick: 'Eve' }, { by: 'i2' });
    const effects = it.told();
    const renamed = { type: 'renamed', session: sessionId('ann'), nick: 'Eve' };
    expect(it.linesTo('i1', effects)).toEqual([renamed]);
    expect(it.linesTo('i2', effects)).toEqual([]);
    expect(it.changesIn('lobby', effects)).toMatchObject([{ session: sessionId('phone') }]);
    expect(await it.login('pad', 'ann')).toMatchObject({ type: 'opened', nick: 'Eve' });
  });

  test('are resumed by the token of a session as what they are', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.ask('ann', { type: 'detach' });
    it.clock.now += rules.graceMs;
    await it.line.run({ type: 'sweep' });
    await it.login('phone', 'ann');
    await it.ask('phone', { type: 'rename', nick: 'Eve' });
    expect(await it.resume('ann', 'i2')).toMatchObject({ nick: 'Eve', account: 'a-ann' });
  });

  test('let in with their password, and the same token again is the same entrance', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.open('guest', { nick: 'other' });
    const first = await it.login('phone', 'ann');
    expect(first).toMatchObject({
      ...{ type: 'opened', nick: 'ann', account: 'a-ann', online: 2 },
      rooms: [{ room: 'lobby', members: 2 }],
    });
    expect(await it.login('phone', 'ann')).toEqual(first);
    expect(await it.login('phone', 'ann', 'i2')).toMatchObject({ code: 'session-unknown' });
    expect(await it.login('pad', 'ann', 'i9')).toMatchObject({ code: 'instance-unknown' });
  });

  test('are not taken by somebody who registers the nick again', async () => {
    await it.open('ann');
    await it.register('ann');
    await it.ask('ann', { type: 'rename', nick: 'eve' });
    expect(await it.register('ann')).toMatchObject({ code: 'account-has-nick' });
    expect(await it.ask('ann', { type: 'rename', nick: 'Ann' })).toMatchObject({ nick: 'Ann' });
  });
});
