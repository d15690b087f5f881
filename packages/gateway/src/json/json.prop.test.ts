import { fc, test } from '@fast-check/vitest';
import { type Event, isProblem } from '@partyline/protocol';
import { expect } from 'vitest';
import { jsonDialect } from './index.ts';

const { renderer, read, show } = jsonDialect({
  locale: 'en',
  frame: (frames) => Buffer.from(frames.join('\n')),
}).interpreter();

const types = fc.constantFrom(
  ...[
    'login',
    'resume',
    'broadcast',
    'p2p',
    'edit',
    'delete',
    'react',
    'rename',
    'join',
    'part',
    'topic',
    'typing',
  ],
  ...['list', 'rooms', 'history', 'register', 'identify', 'command', 'ping', 'quit', 'else'],
  ...['kick', 'ban', 'unban', 'bans', 'mute', 'unmute', 'slow', 'role'],
);
const members = fc.dictionary(
  fc.constantFrom(
    ...['nickname', 'token', 'cursors', 'epoch', 'message', 'room', 'id', 'kind', 'to', 'text'],
    ...[
      'limit',
      'before',
      'after',
      'password',
      'name',
      'args',
      'ref',
      'reaction',
      'remove',
      '__proto__',
      'constructor',
    ],
    ...['who', 'reason', 'forMs', 'ms', 'role'],
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

test.prop([types, members])(
  'whatever members a frame has, it is a request or a problem',
  (type, it) => {
    const asked = read(JSON.stringify({ ...it, type }), undefined);
    if (!isProblem(asked)) {
      expect(asked).toHaveProperty('type', expect.any(String));
      return;
    }
    const [frame = ''] = show({ type: 'refused', problem: asked }, undefined);
    expect(JSON.parse(frame)).toMatchObject({ type: 'error', code: asked.code });
    expect(frame.length).toBeLessThan(1_000);
  },
);

test.prop([fc.string({ unit: 'binary' })])('no frame at all makes it fail', (frame) => {
  const asked = read(frame, undefined);
  if (asked !== undefined && !isProblem(asked))
    expect(asked).toHaveProperty('type', expect.any(String));
});

test.prop([fc.string({ unit: 'binary' })])('a text comes back as it was, on one line', (text) => {
  const event: Event = {
    ...{ room: 'lobby', seq: 1, at: 0, id: 'i', kind: 'message', session: 's', person: 's' },
    ...{ nick: 'ann', text },
  };
  const [frame = ''] = renderer.event(event);
  expect(frame).not.toMatch(/[\r\n]/);
  expect(JSON.parse(frame).message).toBe(text);
});
