import { beforeEach, expect, test } from 'vitest';
import { type Sink, STREAM_BYTES, Streams } from './streams.ts';

/** A sink that takes nothing off its queue. */
class StuckSink implements Sink {
  readonly writes: string[] = [];
  state: 'open' | 'ended' | 'destroyed' = 'open';

  get queuedBytes(): number {
    return this.writes.join('').length;
  }

  write(text: string): void {
    this.writes.push(text);
  }

  end(): void {
    this.state = 'ended';
  }

  destroy(): void {
    this.state = 'destroyed';
  }
}

let streams: Streams;
let sink: StuckSink;
beforeEach(() => {
  streams = new Streams();
  sink = new StuckSink();
  streams.ask('i1', sink);
  streams.begin('i1', 'welcome\n');
  streams.flush();
  sink.writes.length = 0;
});

test('sends what was added in one write', () => {
  streams.append('i1', 'a\n');
  streams.append('i1', 'b\n');
  streams.append('i2', 'lost\n');
  streams.flush();
  streams.flush();
  expect(sink.writes).toEqual(['a\nb\n']);
});

test('gives nothing to a stream that was asked for and has not begun', () => {
  const asked = new StuckSink();
  streams.ask('i2', asked);
  streams.append('i2', 'early\n');
  streams.appendAll('all\n');
  streams.flush();
  expect({ asked: asked.writes, first: sink.writes }).toEqual({ asked: [], first: ['all\n'] });
  expect([...streams.attached]).toEqual(['i1']);
});

test('tells an instance what came between its hello and its stream, after the welcome', () => {
  streams.expect('i1');
  streams.append('i1', 'ended\n');
  const second = new StuckSink();
  streams.ask('i1', second);
  streams.begin('i1', 'welcome\n');
  streams.append('i1', 'a\n');
  streams.flush();
  expect(second.writes).toEqual(['welcome\nended\na\n']);
});

test('puts a new stream in the place of the old one', () => {
  const second = new StuckSink();
  streams.ask('i1', second);
  streams.begin('i1', 'welcome\n');
  streams.append('i1', 'a\n');
  streams.flush();
  expect(sink).toMatchObject({ state: 'ended', writes: [] });
  expect(second.writes).toEqual(['welcome\na\n']);
  expect(streams.closed('i1', sink)).toBe(false);
  expect(streams.closed('i1', second)).toBe(true);
  expect(streams.attached.size).toBe(0);
});

test('ends a stream that began elsewhere, and keeps what its instance is to be told when it comes back', () => {
  streams.append('i1', 'last\n');
  streams.expect('i1');
  streams.append('i1', 'kept\n');
  streams.leave('i1');
  expect(sink).toMatchObject({ state: 'ended', writes: ['last\nkept\n'] });
  expect(streams.closed('i1', sink)).toBe(false);
  const back = new StuckSink();
  streams.ask('i1', back);
  streams.begin('i1', 'welcome\n');
  streams.flush();
  expect(back.writes).toEqual(['welcome\nkept\n']);
});

test('cuts a stream that takes nothing once too much waits for it', () => {
  streams.append('i1', 'x'.repeat(STREAM_BYTES));
  streams.flush();
  expect(sink.state).toBe('open');
  streams.append('i1', 'x');
  streams.flush();
  expect(sink.state).toBe('destroyed');
  expect(streams.cut).toBe(1);
});

test('ends every stream after what it is still owed', () => {
  streams.append('i1', 'last\n');
  streams.endAll();
  expect(sink).toMatchObject({ state: 'ended', writes: ['last\n'] });
});
