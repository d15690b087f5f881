import { expect, test } from 'vitest';
import {
  locales,
  type ProblemCode,
  problem,
  problemDocument,
  problems,
  problemText,
  readProblem,
} from './problem.ts';

const codes = Object.keys(problems) as ProblemCode[];
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

test('every problem has a text in every language, with the same placeholders', () => {
  for (const code of codes)
    for (const locale of locales) {
      const text = problems[code][locale];
      expect([code, text]).not.toEqual([code, '']);
      expect([code, placeholders(text)]).toEqual([code, placeholders(problems[code].en)]);
    }
});

test('every problem has the HTTP status of an error, and a code fit for a URN', () => {
  for (const code of codes) {
    expect(problems[code].status).toBeGreaterThanOrEqual(400);
    expect(problems[code].status).toBeLessThan(600);
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  }
});

test('every problem comes back from the document that it leaves as', () => {
  for (const code of codes) {
    const names = placeholders(problems[code].en).filter((name) => name !== 'type');
    const params = Object.fromEntries(
      names.map((name, index) => [name, index % 2 ? index : `a ${name}`]),
    );
    const it = names.length === 0 ? problem(code) : problem(code, params);
    expect(readProblem(JSON.stringify(problemDocument(it)))).toEqual(it);
  }
});

test('fills its params into the text of either language', () => {
  const it = problem('nick-unknown', { nick: 'y' });
  expect(it.message).toBe('Nobody here is called y.');
  expect(problemText(it, 'zh-CN')).toBe('私聊对象 y 不存在');
});

test('takes a param as it is, even if it looks like a placeholder', () => {
  const it = problem('member-bad', { member: '{type}', type: '$&', expected: 'text' });
  expect(it.message).toBe('Member {type} of type $& must be text.');
});

test('leaves over HTTP as RFC 9457 has it', () => {
  expect(problemDocument(problem('nick-too-long', { limit: 32 }))).toEqual({
    type: 'urn:partyline:problem:nick-too-long',
    title: 'A nickname has at most 32 characters.',
    status: 422,
    code: 'nick-too-long',
    limit: 32,
  });
});

test('leaves with its own type, even if it has a param of that name', () => {
  const it = problem('member-bad', { type: 'say', member: 'room', expected: 'given' });
  const document = problemDocument(it);
  expect(document.type).toBe('urn:partyline:problem:member-bad');
  expect(readProblem(JSON.stringify(document))).toEqual({
    ...it,
    params: { member: 'room', expected: 'given' },
  });
});

test('does not take another document for a problem', () => {
  for (const body of [
    '',
    '<html>',
    'null',
    '{}',
    '{"code":"no-such"}',
    '{"code":"toString"}',
    '[]',
  ])
    expect(readProblem(body)).toBeUndefined();
});
