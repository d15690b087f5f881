import { fc, test } from '@fast-check/vitest';
import { type Event, eventKinds, isProblem } from '@partyline/protocol';
import { expect } from 'vitest';
import { textDialect } from './index.ts';

const { renderer, read } = textDialect({
  locale: 'en',
  frame: (lines) => Buffer.from(lines.join('')),
}).interpreter();

const event = (parts: Partial<Event>): Event => ({
  ...{ room: 'lobby', seq: 1, at: 0, id: 'i', kind: 'message', session: 's', person: 's' },
  ...{ nick: 'ann', text: '', ...parts },
});

/** What could move a terminal's cursor, split a line, or reorder what stands around it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const unsafe = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r', '\u001b', '\u202e', '\u0085'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

const quote = fc.option(fc.record({ nick: fc.constant('bob'), text: anyText }), { nil: undefined });

test.prop([anyText, fc.constantFrom(...eventKinds), quote])(
  'nothing that somebody says looks as if another said it, or does anything to a terminal',
  (text, kind, it) => {
    const refers = it === undefined ? {} : { ref: 1, quote: it };
    for (const line of renderer.event(event({ text, kind, ...refers }))) {
      expect(line).toMatch(/^(\* )?ann(:| )/);
      expect(line).not.toMatch(unsafe);
    }
  },
);

test.prop([anyText, fc.boolean()])('any line at all is understood as something', (line, isIn) => {
  const asked = read(line, isIn ? { nick: 'x', session: 's' } : undefined);
  if (asked === undefined) expect(line.trim() === '' || /[\b\u007f]/.test(line)).toBe(true);
  else if (!isProblem(asked)) expect(asked).toHaveProperty('type', expect.any(String));
});
