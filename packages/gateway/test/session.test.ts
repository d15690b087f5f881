import { LOBBY, problem } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import { lines, SimulatedLine, say, simulate } from './simulation.ts';

const answers = (it: { lines: readonly string[] }, type: string) =>
  it.lines
    .filter((line) => line.startsWith(`${type} `))
    .map((line) => JSON.parse(line.slice(type.length + 1)));

describe('a session', () => {
  test('greets, logs in, and asks again when the nick is taken', async () => {
    const { clock, connect, enter } = simulate();
    const { dialect } = lines();
    await enter('ada', dialect);
    const bob = connect(dialect);
    bob.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    await clock.settle();
    expect(answers(bob, 'greeting')).toHaveLength(1);
    expect(answers(bob, 'refused')).toMatchObject([
      { request: 'login', problem: { code: 'nick-taken' } },
    ]);
    bob.send(JSON.stringify({ type: 'login', nick: 'bob' }));
    await clock.settle();
    expect(answers(bob, 'opened')).toMatchObject([{ nick: 'bob', resumed: false, online: 2 }]);
  });

  test('tells what there is to ask for, with what others registered once there is a room', async () => {
    const { clock, connect } = simulate();
    const ada = connect(lines().dialect);
    const roll = { name: 'roll', usage: '[DICE]' };
    for (const type of ['help', 'login', 'help', 'commands']) {
      ada.send(JSON.stringify({ type, ...(type === 'login' && { nick: 'ada' }) }));
      await clock.settle();
    }
    expect(answers(ada, 'help')).toMatchObject([{ commands: [] }, { commands: [roll] }]);
    expect(answers(ada, 'commands')).toMatchObject([{ room: LOBBY, commands: [roll] }]);
  });

  test('carries out what came with the login in one packet, in order', async () => {
    const { clock, line, connect } = simulate();
    const { dialect } = lines();
    const ada = connect(dialect);
    ada.send(JSON.stringify({ type: 'login', nick: 'ada' }), say('one'), say('two'));
    await clock.settle();
    expect(line.logs.get(LOBBY)?.map((event) => event.text)).toEqual(['one', 'two']);
  });

  test('refuses what needs a login before it, and a second login', async () => {
    const { clock, connect } = simulate();
    const ada = connect(lines().dialect);
    ada.send(say('too early'));
    ada.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    ada.send(JSON.stringify({ type: 'login', nick: 'eve' }));
    await clock.settle();
    expect(answers(ada, 'refused').map((it) => it.problem.code)).toEqual([
      'login-needed',
      'login-done',
    ]);
  });

  test('acknowledges only publishes with an id of the client, once durable', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.held = [];
    ada.send(say('with', 'x1'), say('without'));
    await clock.settle();
    expect(ada.lines).toEqual([]);
    line.release();
    await clock.settle();
    expect(answers(ada, 'published')).toMatchObject([{ id: 'x1', room: LOBBY, seq: 1 }]);
  });

  test('publishes what refers to an event of the room that the client talks in', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.held = [];
    line.published.splice(0);
    for (const request of [
      { type: 'edit', ref: 1, text: 'x\u0007' },
      { type: 'delete', ref: { mine: true }, id: 'd' },
      { type: 'delete', ref: { mine: true }, room: '@bob' },
      { type: 'react', ref: 1, reaction: '👍', room: LOBBY },
      { type: 'say', text: 'yes', kind: 'message', ref: 1 },
      { type: 'react', ref: 1, reaction: 'two words' },
      { type: 'delete', ref: 1, room: 'elsewhere' },
    ])
      ada.send(JSON.stringify(request));
    await clock.settle();
    expect(line.published.map((it) => it.command)).toEqual([
      { type: 'edit', room: LOBBY, ref: 1, text: 'x' },
      { type: 'delete', room: LOBBY, ref: { mine: true } },
      { type: 'delete', room: '@bob', ref: { mine: true } },
      { type: 'react', room: LOBBY, ref: 1, text: '👍', remove: false },
      { type: 'say', room: LOBBY, text: 'yes', kind: 'message', ref: 1 },
    ]);
    expect(answers(ada, 'refused').map((it) => it.problem.code)).toEqual([
      'reaction-bad',
      'room-not-joined',
    ]);
  });

  test('finds the log of two by the nick of the other', async () => {
    const { clock, enter } = simulate();
    await enter('bob', lines().dialect);
    const ada = await enter('ada', lines().dialect);
    for (const request of [
      { type: 'delete', room: '@two words', ref: 1 },
      { type: 'history', room: '@bob', limit: 5 },
      { type: 'history', room: '@eve', limit: 5 },
    ])
      ada.send(JSON.stringify(request));
    await clock.settle();
    expect(answers(ada, 'history')).toMatchObject([{ room: '~ada~bob' }]);
    expect(answers(ada, 'refused').map((it) => it.problem.code)).toEqual([
      'nick-unknown',
      'nick-unknown',
    ]);
  });

  test('tells the limit that a text is over, and goes on', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    ada.send(say('x'.repeat(8_001), 'long'), say(' \n '), say('fine'));
    await clock.settle();
    expect(answers(ada, 'refused')).toMatchObject([
      { id: 'long', problem: { code: 'text-too-long', params: { limit: 8_000 } } },
      { problem: { code: 'text-empty' } },
    ]);
    expect(line.head(LOBBY)).toBe(1);
  });

  test('stops reading from its client while its publishes are unanswered', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.held = [];
    ada.send(...Array.from({ length: 300 }, (_, n) => say(`${n}`)));
    await clock.settle();
    expect(ada.isPaused).toBe(true);
    expect(line.held).toHaveLength(128);
    line.release();
    await clock.settle();
    expect(ada.isPaused).toBe(false);
    expect(line.logs.get(LOBBY)?.map((event) => event.text)).toEqual(
      Array.from({ length: 300 }, (_, n) => `${n}`),
    );
  });

  test('stops reading from its client while the line is congested', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.congested = true;
    ada.send(say('later'));
    await clock.settle();
    expect(ada.isPaused).toBe(true);
    line.clear();
    await clock.settle();
    expect(ada.isPaused).toBe(false);
    expect(line.head(LOBBY)).toBe(1);
  });

  test('reads a flooding client no faster than the limit, and loses nothing', async () => {
    const { clock, line, enter } = simulate({ floodBurst: 10, floodPerSecond: 5 });
    const ada = await enter('ada', lines().dialect);
    ada.send(...Array.from({ length: 30 }, (_, n) => say(`${n}`)));
    await clock.settle();
    expect(line.head(LOBBY)).toBeLessThanOrEqual(10);
    expect(ada.isPaused).toBe(true);
    await clock.advance(10_000);
    expect(line.head(LOBBY)).toBe(30);
    expect(ada.isPaused).toBe(false);
  });

  test('lets no request pass one that changes how the next is understood', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    ada.send(say('here'), JSON.stringify({ type: 'join', rooms: ['#Ops'] }), say('there'));
    await clock.settle();
    expect(line.logs.get(LOBBY)?.map((event) => event.text)).toEqual(['here']);
    expect(line.logs.get('ops')?.map((event) => event.text)).toEqual(['there']);
  });

  test('a client that ended its side still gets what it asked for, then goodbye', async () => {
    const { clock, line, connect } = simulate();
    const ada = connect(lines().dialect);
    ada.send(JSON.stringify({ type: 'login', nick: 'ada' }), say('hi', 'x'));
    ada.receiver?.gone('ended');
    await clock.settle();
    expect(answers(ada, 'published')).toHaveLength(1);
    expect(ada.closed).toBe('goodbye');
    expect(line.published.at(-1)?.command.type).toBe('close');
  });

  test('detaches when the connection vanished and the client can come back, closes otherwise', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    const bob = await enter('bob', lines({ resumable: false }).dialect);
    ada.receiver?.gone('vanished');
    bob.receiver?.gone('vanished');
    await clock.settle();
    expect(line.published.slice(-2).map((it) => it.command.type)).toEqual(['detach', 'close']);
  });

  test('a client that goes while it is being logged in does not stay as a ghost', async () => {
    const { clock, line, connect, gateway } = simulate();
    const ada = connect(lines({ resumable: false }).dialect);
    line.held = [];
    ada.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    ada.receiver?.gone('vanished');
    await clock.settle();
    expect(gateway.sessions()).toHaveLength(1);
    line.release();
    await clock.settle();
    expect(line.published.at(-1)?.command.type).toBe('close');
    expect(gateway.sessions()).toEqual([]);
  });

  test('resumes at its cursors, no lower than it came in and no higher than the log', async () => {
    const { clock, line, connect } = simulate();
    const { dialect } = lines();
    const first = connect(dialect);
    first.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    await clock.settle();
    const { token } = answers(first, 'opened')[0];
    for (const text of ['one', 'two', 'three']) line.append(LOBBY, 'bob', text);
    line.deliver(LOBBY);
    await clock.settle();

    const second = connect(dialect);
    second.send(JSON.stringify({ type: 'resume', token, cursors: { [LOBBY]: 99 } }));
    await clock.settle();
    expect(answers(second, 'gap')).toMatchObject([{ room: LOBBY, from: 100, next: 4 }]);
    expect(first.closed).toBe('resumed-elsewhere');
    expect(line.published.filter((it) => it.command.type === 'detach')).toEqual([]);
  });

  test('resumes a room of which it knows no event by when it was last shown one of another', async () => {
    const { clock, line, connect } = simulate();
    const { dialect } = lines();
    const first = connect(dialect);
    first.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    await clock.settle();
    const { token } = answers(first, 'opened')[0];
    for (const at of [10, 20, 20, 30]) line.append(LOBBY, 'bob', `at ${at}`, undefined, at);
    line.deliver(LOBBY);

    const resume = async (at: number): Promise<readonly string[]> => {
      const second = connect(dialect);
      second.send(JSON.stringify({ type: 'resume', token, cursors: { ops: 7 }, at }));
      await clock.settle();
      line.deliver(LOBBY);
      await clock.settle();
      return second.lines.filter((it) => it.startsWith(LOBBY));
    };
    expect(await resume(20)).toEqual(['lobby/4 bob:at 30']);
    expect(await resume(30)).toEqual([]);
    expect(await resume(9)).toHaveLength(4);
    // What can't be looked up is shown again rather than not at all.
    line.events = async (room, query) => {
      if ('at' in query) throw new Error('away');
      return SimulatedLine.prototype.events.call(line, room, query);
    };
    expect(await resume(30)).toHaveLength(4);
  });

  test('takes a room for unknown that is named like what every object has', async () => {
    const { clock, line, connect } = simulate();
    const { dialect } = lines();
    const first = connect(dialect);
    first.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    await clock.settle();
    const { token } = answers(first, 'opened')[0];
    line.alsoIn = ['constructor'];
    const second = connect(dialect);
    second.send(JSON.stringify({ type: 'resume', token, cursors: {} }));
    await clock.settle();
    expect(answers(second, 'gap')).toEqual([]);
    expect(line.cursor('constructor')).toBe(0);
  });

  test('goes on after what it knows of a room when it logs in, unless that was another log', async () => {
    const { clock, line, connect } = simulate();
    const { dialect } = lines();
    for (const text of ['one', 'two', 'three']) line.append(LOBBY, 'other', text);
    const cursors = { [LOBBY]: 1 };
    const knowing = connect(dialect);
    knowing.send(JSON.stringify({ type: 'login', nick: 'ada', cursors, epoch: 'e' }));
    const foreign = connect(dialect);
    foreign.send(JSON.stringify({ type: 'login', nick: 'bob', cursors, epoch: 'another' }));
    await clock.settle();
    line.deliver(LOBBY);
    await clock.settle();
    expect(knowing.lines.filter((it) => it.startsWith(LOBBY))).toEqual([
      'lobby/2 other:two',
      'lobby/3 other:three',
    ]);
    expect(answers(foreign, 'gap')).toMatchObject([{ room: LOBBY, from: 2, next: 4, epoch: 'e' }]);
    expect(foreign.lines.filter((it) => it.startsWith(LOBBY))).toEqual([]);
  });

  test('resume of a token that is none, or unknown, is refused and leaves the holder alone', async () => {
    const { clock, connect } = simulate();
    const { dialect } = lines();
    const ada = connect(dialect);
    ada.send(JSON.stringify({ type: 'login', nick: 'ada' }));
    await clock.settle();
    const eve = connect(dialect);
    eve.send(JSON.stringify({ type: 'resume', token: 'nonsense', cursors: {} }));
    eve.send(JSON.stringify({ type: 'resume', token: `other.${'s'.repeat(32)}`, cursors: {} }));
    await clock.settle();
    expect(answers(eve, 'refused').map((it) => it.problem.code)).toEqual([
      'resume-unknown',
      'resume-unknown',
    ]);
    expect(ada.closed).toBeUndefined();
  });

  test('logs in with a password, and asks again when it is wrong', async () => {
    const { clock, line, connect } = simulate();
    const ada = connect(lines().dialect);
    const login = { type: 'login', nick: 'ada' };
    ada.send(JSON.stringify({ ...login, password: 'wrong' }));
    ada.send(JSON.stringify({ ...login, password: 'right' }), say('here'));
    await clock.settle();
    expect(answers(ada, 'refused')).toMatchObject([
      { request: 'login', problem: { code: 'password-wrong' } },
    ]);
    expect(answers(ada, 'opened')).toMatchObject([{ nick: 'ada', resumed: false }]);
    expect(line.head(LOBBY)).toBe(1);
  });

  test('that may have been opened without our hearing of it is said goodbye for', async () => {
    const { clock, line, connect } = simulate();
    line.login = async () => problem('unavailable');
    const ada = connect(lines().dialect);
    ada.send(JSON.stringify({ type: 'login', nick: 'ada', password: 'right' }));
    await clock.settle();
    expect(line.published.map((it) => it.command.type)).toEqual(['close']);
    expect(answers(ada, 'refused')).toMatchObject([{ problem: { code: 'unavailable' } }]);
  });

  test('learns of the nick that another session of its account took', async () => {
    const { clock, enter, gateway } = simulate();
    const ada = await enter('ada', lines().dialect);
    const [session = ''] = gateway.sessions();
    gateway.take([{ type: 'renamed', session, nick: 'Lady' }]);
    await clock.settle();
    expect(answers(ada, 'renamed')).toEqual([{ type: 'renamed', nick: 'Lady', elsewhere: true }]);
  });

  test('is closed with the reason when the line ended it', async () => {
    const { clock, enter, gateway } = simulate();
    const ada = await enter('ada', lines().dialect);
    const [session = ''] = gateway.sessions();
    gateway.take([{ type: 'ended', session, cause: 'kicked', reason: 'spam' }]);
    await clock.settle();
    expect(answers(ada, 'closing')).toMatchObject([{ reason: 'kicked', detail: 'spam' }]);
    expect(ada.closed).toBe('kicked');
    expect(gateway.sessions()).toEqual([]);
  });

  test('is closed when the line does not know it any more', async () => {
    const { clock, line, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.refuse = problem('session-unknown', { session: 'x' });
    ada.send(say('anybody there?'));
    await clock.settle();
    expect(ada.closed).toBe('ended');
  });

  test('is closed when it did not log in in time, was idle, or took nothing for too long', async () => {
    const { clock, line, connect, enter } = simulate({
      ...{ loginMs: 5_000, idleMs: 20_000, stallMs: 10_000 },
    });
    const { dialect } = lines();
    const silent = connect(dialect);
    const slow = await enter('slow', dialect);
    const idle = await enter('idle', dialect);
    slow.stall();
    line.append(LOBBY, 'x', 'something');
    line.deliver(LOBBY);
    await clock.advance(7_000);
    expect(silent.closed).toBe('login-timeout');
    expect(slow.closed).toBeUndefined();
    await clock.advance(7_000);
    expect(slow.closed).toBe('too-slow');
    await clock.advance(10_000);
    expect(idle.closed).toBe('idle');
  });

  test('reads no more from a client that does not read its answers', async () => {
    const { clock, enter } = simulate();
    const ada = await enter('ada', lines().dialect);
    ada.stall();
    for (let n = 0; n < 500; n++) {
      ada.send(JSON.stringify({ type: 'rooms' }));
      await clock.endTurn();
    }
    expect(ada.isPaused).toBe(true);
    expect(ada.queuedBytes).toBeLessThan(1_200);
    ada.read();
    await clock.settle();
    expect(answers(ada, 'rooms')).toHaveLength(500);
  });

  test('a stopping gateway answers what it accepted, then says goodbye', async () => {
    const { clock, line, enter, gateway } = simulate();
    const ada = await enter('ada', lines().dialect);
    line.held = [];
    ada.send(say('last', 'x'));
    const stopped = gateway.stop();
    await clock.settle();
    expect(ada.closed).toBeUndefined();
    line.release();
    await clock.settle();
    await stopped;
    expect(answers(ada, 'published')).toHaveLength(1);
    expect(ada.closed).toBe('shutdown');
  });
});
