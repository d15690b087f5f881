import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { commands } from './command.ts';
import { problems, problemText } from './problem.ts';
import { isProblem, parseEnvelope } from './validate.ts';

const names = ['id', 'session', 'command', 'type', 'room', 'text', 'nick', 'token', '__proto__'];
/** Whatever JSON can say, often with names and types that mean something. */
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...Object.keys(commands)),
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('value'), { maxKeys: 6 }),
  ),
}));
const envelopeLike = fc.record({
  id: fc.oneof(fc.string(), hostile.value),
  session: fc.oneof(fc.constant('abcdefghijklmnop'), hostile.value),
  command: fc.oneof(
    hostile.value,
    fc.record({
      type: fc.oneof(fc.constantFrom(...Object.keys(commands)), hostile.value),
      ...{ room: hostile.value, text: hostile.value, nick: hostile.value, to: hostile.value },
    }),
  ),
});

const expectAnswer = (line: string): void => {
  const answer = parseEnvelope(line);
  if (!isProblem(answer)) {
    expect(answer).toEqual(JSON.parse(line));
    return;
  }
  expect(Object.hasOwn(problems, answer.code)).toBe(true);
  expect(problemText(answer, 'zh-CN')).not.toBe('');
};

test.prop([fc.oneof(envelopeLike, hostile.value)], { numRuns: 1_000 })(
  'answers any JSON with an envelope or a problem',
  (value) => expectAnswer(JSON.stringify(value) ?? ''),
);

test.prop([fc.uint8Array({ maxLength: 200 })], { numRuns: 500 })(
  'answers any bytes with an envelope or a problem',
  (bytes) => expectAnswer(Buffer.from(bytes).toString()),
);

test('answers JSON nested as deep as a line is long', () => {
  expectAnswer('['.repeat(200_000));
  expectAnswer(`{"command":{"type":"say","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`);
});
