import { expect, test } from 'vitest';
import { jsonJournal, prettyJournal } from './journal.ts';

const now = () => new Date(2026, 0, 1, 12, 30, 5);
const time = now().toISOString();

const pretty = () => {
  const lines: string[] = [];
  return { lines, journal: prettyJournal(['core', 'gateway'], (it) => lines.push(it), now, false) };
};
const json = () => {
  const lines: string[] = [];
  return { lines, journal: jsonJournal((it) => lines.push(it), now) };
};

test('in JSON, records of services pass as they are', () => {
  const { lines, journal } = json();
  const record = '{"level":"info","service":"core","msg":"ready"}';
  expect(journal.pass('core', record)).toBeUndefined();
  expect(lines).toEqual([`${record}\n`]);
});

test('in JSON, what a service wrote outside its log becomes a record', () => {
  const { lines, journal } = json();
  journal.pass('core', 'Segmentation fault');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'error', time, service: 'core', msg: 'Segmentation fault' },
  ]);
});

test('for people, a record is one line: time, service, words, and what else it tells', () => {
  const { lines, journal } = pretty();
  const record = {
    level: 'info',
    time,
    pid: 7,
    service: 'core',
    msg: 'ready',
    port: 7300,
    at: [1],
  };
  journal.pass('core', JSON.stringify(record));
  journal.pass('gateway', JSON.stringify({ level: 'warn', time, msg: 'slow reader' }));
  expect(lines).toEqual([
    '12:30:05 core    ready port=7300 at=[1]\n',
    '12:30:05 gateway warn: slow reader\n',
  ]);
});

test('for people, an error is told with its stack', () => {
  const { lines, journal } = pretty();
  const err = { message: 'disk full', stack: 'Error: disk full\n    at write' };
  const words = journal.pass('core', JSON.stringify({ level: 'fatal', time, msg: 'ended', err }));
  expect(lines).toEqual(['12:30:05 core    fatal: ended\nError: disk full\n    at write\n']);
  expect(words).toBe('ended: disk full');
});

test('for people, a line of braces that is no record is shown as it is', () => {
  const { lines, journal } = pretty();
  journal.pass('core', '{ not json');
  expect(lines).toEqual(['12:30:05 core    { not json\n']);
});
