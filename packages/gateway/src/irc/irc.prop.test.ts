import { fc, test } from '@fast-check/vitest';
import type { Event } from '@partyline/protocol';
import { expect } from 'vitest';
import { commands } from './commands/table.ts';
import { ircNick, nickOf } from './names.ts';
import { enter } from './rehearsal.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('#lobby', '#x', 'bob', '*', '%t,1', '+b', '-o', 'msgid=1@lobby', '10', 'LATEST'),
  fc.constantFrom('timestamp=2020-01-01T00:00:00.000Z', 'a,b,c', '', ':', '\u0001ACTION', '0'),
);
const line = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...Object.keys(commands)),
      fc.string({ unit: 'binary', maxLength: 9 }),
    ),
    fc.array(word, { maxLength: 6 }),
    fc.option(fc.string({ unit: 'binary', maxLength: 30 })),
  )
  .map(([command, params, tags]) =>
    [...(tags === null ? [] : [`@${tags}`]), command, ...params].join(' '),
  );

test.prop([fc.array(line, { maxLength: 8 })])(
  'whatever a client sends is a request, and whatever it is answered is whole lines that fit',
  (lines) => {
    const { interpreter, you, ask } = enter();
    const refused = { type: 'refused', problem: { code: 'unavailable', message: 'm' } } as const;
    for (const it of lines) {
      const waiting = [...ask(it)];
      // Asides answer for themselves; everything else is refused here.
      for (let request = waiting.shift(), most = 100; request && most > 0; most--) {
        const answer = request.type === 'aside' ? ({ type: 'aside' } as const) : refused;
        const { frames, requests } = interpreter.done?.(request, you) ?? {
          frames: [],
          requests: [],
        };
        for (const frame of [...interpreter.show(answer, you, request), ...frames]) {
          expect(frame).not.toMatch(/[\r\n\0]/);
          expect(Buffer.byteLength(frame.replace(/^@[^ ]* /, ''))).toBeLessThanOrEqual(510);
        }
        waiting.unshift(...requests);
        request = waiting.shift();
      }
    }
  },
);

const event = fc.record({
  room: fc.constantFrom('lobby', '~a~b'),
  seq: fc.integer({ min: 1 }),
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  id: fc.constant('i'),
  kind: fc.constantFrom(
    ...(['message', 'action', 'notice', 'topic', 'edit', 'delete', 'react', 'unreact'] as const),
  ),
  session: fc.constant('s'),
  person: fc.constant('s'),
  nick: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 }),
  text: fc.string({ unit: 'grapheme', maxLength: 2_000 }),
  to: fc.constant('bob'),
});

test.prop([event])('any event is told in whole lines that fit', (it) => {
  const { interpreter } = enter();
  for (const frame of interpreter.renderer.event(it satisfies Event)) {
    expect(frame).not.toMatch(/[\r\n\0]/);
    expect(Buffer.byteLength(frame.replace(/^@[^ ]* /, ''))).toBeLessThanOrEqual(510);
  }
});

test.prop([fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 })])(
  'any name has a form that a line can carry, and is found again by it',
  (name) => {
    expect(ircNick(name)).toMatch(/^[^\s,*?!@:#&~$+]+$/u);
    expect(nickOf(ircNick(name))).toBe(name);
  },
);
