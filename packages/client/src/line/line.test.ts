import { expect, test } from 'vitest';
import { step } from './line.ts';
import { type Effect, type Input, type LineState, newLine } from './line-state.ts';
import type { ClientFrame, ServerFrame } from './wire.ts';

const login: ServerFrame = {
  ...{ type: 'login', success: true, nickname: 'eve', session: 's', resume: 't' },
  ...{ resumed: false, epoch: 'e', sumUsers: 1, rooms: [] },
};

/** What comes of inputs, one after the other. */
const after = (...inputs: readonly Input[]): { state: LineState; effects: readonly Effect[] } => {
  let state = newLine();
  const all: Effect[] = [];
  for (const input of inputs) {
    const [next, effects] = step(state, input);
    state = next;
    all.push(...effects);
  }
  return { state, effects: all };
};

const written = (effects: readonly Effect[]): readonly ClientFrame[] =>
  effects.flatMap((effect) => (effect.do === 'write' ? [effect.frame] : []));

const kicked: ServerFrame = { type: 'close', code: 'kicked', message: 'Too loud.', resume: false };
const restarting: ServerFrame = { type: 'close', code: 'shutdown', message: '', resume: true };

test('a password goes along with the nick', () => {
  const { effects } = after({ type: 'enter', nick: 'eve', password: 'p' }, { type: 'opened' });
  expect(written(effects)).toEqual([{ type: 'login', nickname: 'eve', password: 'p' }]);
});

test('where there are no close codes, the last frame tells whether to come back', () => {
  const entered: Input[] = [
    { type: 'enter', nick: 'eve' },
    { type: 'opened' },
    { type: 'heard', frame: login },
  ];
  const removed = after(
    ...entered,
    { type: 'heard', frame: kicked },
    { type: 'closed', reason: '' },
  );
  expect(removed.state.phase).toEqual({
    is: 'over',
    reason: { code: 'kicked', message: 'Too loud.' },
  });
  const cut = after(
    ...entered,
    { type: 'heard', frame: restarting },
    { type: 'closed', reason: '' },
  );
  expect(cut.state.phase).toEqual({ is: 'waiting', attempt: 1 });
});

test('what no server would take is refused here, and never said', () => {
  const say = (text: string) => {
    const message = { id: 'm1', to: { room: 'lobby' }, text, kind: 'message', at: 1 } as const;
    const { state, effects } = after(
      { type: 'enter', nick: 'eve' },
      { type: 'opened' },
      { type: 'heard', frame: login },
      { type: 'send', message },
    );
    const isSaid = written(effects).some(({ type }) => type === 'broadcast');
    return [state.outgoing[0]?.state.is, isSaid];
  };
  expect(say('😀'.repeat(8_000))).toEqual(['sent', true]);
  expect(say('😀'.repeat(8_001))).toEqual(['refused', false]);
  expect(say('\u0001'.repeat(8_000))).toEqual(['refused', false]);
  expect(say('x'.repeat(1_000_000))).toEqual(['refused', false]);
});

test('why a connection broke is known while the next is waited for', () => {
  const { state } = after(
    { type: 'enter', nick: 'eve' },
    { type: 'closed', reason: 'connection refused' },
  );
  expect(state.phase).toEqual({ is: 'waiting', attempt: 1, why: 'connection refused' });
});

test('a connection that can never be made is not tried again', () => {
  const reason = { code: 'tls-untrusted', message: 'The certificate is self-signed.' };
  const { state, effects } = after({ type: 'enter', nick: 'eve' }, { type: 'failed', reason });
  expect(state.phase).toEqual({ is: 'out', reason });
  expect(effects.at(-1)).toEqual({ do: 'quiet' });
});
