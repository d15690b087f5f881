import { LOBBY } from '@partyline/protocol';
import { describe, expect, test } from 'vitest';
import type { Dialect, Interpreter, Request } from '../src/index.ts';
import { lines, simulate } from './simulation.ts';

/** The dialect of lines, with an interpreter that does something of its own. */
const withOwn = (own: (base: Interpreter) => Partial<Interpreter>): Dialect => {
  const { dialect } = lines();
  return {
    name: 'own',
    interpreter: () => {
      const base = dialect.interpreter();
      return { ...base, ...own(base) };
    },
  };
};

describe('an interpreter', () => {
  test('has all that one frame asks for carried out in order, before the next frame', async () => {
    const { clock, line, enter } = simulate();
    const dialect = withOwn((base) => ({
      read: (frame, you) =>
        frame.startsWith('join ')
          ? frame
              .slice(5)
              .split(' ')
              .map((room) => ({ type: 'join', rooms: [room] }) as const)
          : base.read(frame, you),
    }));
    const ada = await enter('ada', dialect);
    ada.send('join tea den', JSON.stringify({ type: 'part', room: 'tea' }));
    await clock.settle();
    expect(line.published.slice(1).map(({ command }) => command)).toMatchObject([
      { type: 'join', room: 'tea' },
      { type: 'join', room: 'den' },
      { type: 'part', room: 'tea' },
    ]);
  });

  test('asks for more once a request is carried out, and knows which one it was', async () => {
    const { clock, enter } = simulate();
    const dialect = withOwn(() => ({
      show: (answer, _you, asked) => [`${answer.type} to ${asked?.type}`],
      done: (asked) => {
        const requests: Request[] = asked.type === 'join' ? [{ type: 'members', room: 'tea' }] : [];
        return { frames: [`done ${asked.type}`], requests };
      },
    }));
    const ada = await enter('ada', dialect);
    ada.send(JSON.stringify({ type: 'join', rooms: ['tea'] }), JSON.stringify({ type: 'ping' }));
    await clock.settle();
    expect(ada.lines).toEqual([
      ...['joined to join', 'done join', 'members to members', 'done members'],
      ...['pong to ping', 'done ping'],
    ]);
  });

  test('shows its client’s own events and signals its own way, where its renderer is personal', async () => {
    const { clock, line, gateway, enter } = simulate();
    const { dialect } = lines();
    const renderer = { ...dialect.interpreter().renderer, personal: true as const };
    const personal = withOwn(() => ({
      renderer,
      personal: {
        own: (_event, frames) => frames.map((frame) => `own ${frame}`),
        signal: (signal) => [`signal ${signal.type}`],
      },
    }));
    const ada = await enter('ada', personal);
    const bob = await enter('bob', personal);
    const [first = ''] = line.nicks.keys();
    line.append(LOBBY, first, 'hi');
    line.deliver(LOBBY);
    gateway.take([
      { type: 'signal', signal: { type: 'typing', room: LOBBY, nick: 'eve', session: 'x' } },
    ]);
    await clock.settle();
    expect(ada.lines).toEqual(['own lobby/1 ada:hi', 'signal typing']);
    expect(bob.lines).toEqual(['lobby/1 ada:hi', 'signal typing']);
  });

  test('may be shown everything otherwise from a frame on, and misses nothing by it', async () => {
    const { clock, line, enter } = simulate();
    const { dialect } = lines();
    const loud = { ...dialect.interpreter().renderer, event: () => ['loud'] };
    let isLoud = false;
    const made: Dialect = {
      name: 'changing',
      interpreter: () => {
        const base = dialect.interpreter();
        return {
          ...base,
          get renderer() {
            return isLoud ? loud : base.renderer;
          },
          read: (frame, you) => {
            isLoud ||= frame === 'loud';
            return frame === 'loud' ? undefined : base.read(frame, you);
          },
        };
      },
    };
    const ada = await enter('ada', made);
    line.append(LOBBY, 'x', 'one');
    line.deliver(LOBBY);
    ada.send('loud');
    line.append(LOBBY, 'x', 'two');
    line.deliver(LOBBY);
    await clock.settle();
    expect(ada.lines).toEqual(['lobby/1 x:one', 'loud']);
  });

  test('has a silent client probed once, and closed when it stays silent', async () => {
    const { clock, enter } = simulate();
    const probing = withOwn(() => ({ probe: { afterMs: 10_000, frames: ['are you there?'] } }));
    const ada = await enter('ada', probing);
    const bob = await enter('bob', probing);
    await clock.advance(15_000);
    expect(ada.lines).toEqual(['are you there?']);
    bob.send(JSON.stringify({ type: 'ping' }));
    await clock.advance(8_000);
    expect(ada.closed).toBe('idle');
    expect(bob.closed).toBeUndefined();
  });

  test('does its chores from time to time, while its client is in', async () => {
    const { clock, connect, enter } = simulate();
    const chores = { everyMs: 5_000, requests: () => [{ type: 'ping', id: 'chore' } as const] };
    const dialect = withOwn(() => ({ chores }));
    const stranger = connect(dialect);
    const ada = await enter('ada', dialect);
    stranger.writes.length = 0;
    await clock.advance(12_000);
    expect(ada.lines.filter((line) => line.startsWith('pong'))).toHaveLength(3);
    expect(stranger.lines).toEqual([]);
  });

  test('whose client can’t tell old from new has it cut when it falls behind', async () => {
    const { clock, line, enter } = simulate({ highWaterBytes: 100 });
    const { dialect } = lines();
    const renderer = { ...dialect.interpreter().renderer, liveOnly: true as const };
    const ada = await enter(
      'ada',
      withOwn(() => ({ renderer })),
    );
    const bob = await enter('bob', dialect);
    ada.stall();
    bob.stall();
    for (const text of ['x'.repeat(200), 'y', 'z']) {
      line.append(LOBBY, 'x', text);
      line.deliver(LOBBY);
      await clock.settle();
    }
    expect(ada.closed).toBeUndefined();
    expect(ada.lines.at(-2)).toBe(`lobby/1 x:${'x'.repeat(200)}`);
    expect(ada.lines.at(-1)).toContain('closing');
    ada.read();
    expect(ada.closed).toBe('too-slow');
    expect(bob.closed).toBeUndefined();
  });

  test('gives a client that was cut no longer than others to take what it is owed', async () => {
    const { clock, line, enter } = simulate({ highWaterBytes: 100, stallMs: 10_000 });
    const { dialect } = lines();
    const renderer = { ...dialect.interpreter().renderer, liveOnly: true as const };
    const ada = await enter(
      'ada',
      withOwn(() => ({ renderer })),
    );
    ada.stall();
    for (const text of ['x'.repeat(200), 'y']) {
      line.append(LOBBY, 'x', text);
      line.deliver(LOBBY);
      await clock.settle();
    }
    await clock.advance(9_000);
    expect(ada.closed).toBeUndefined();
    await clock.advance(2_000);
    expect(ada.closed).toBe('too-slow');
  });
});
