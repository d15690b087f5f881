import { expect, test } from 'vitest';
import { figure, markdown, times } from './table.ts';

test('three digits count', () => {
  expect([0.1234, 1.234, 12.34, 123.4, 12_345].map(figure)).toEqual([
    '0.12',
    '1.23',
    '12.3',
    '123',
    '12,345',
  ]);
});

test('a ratio to nothing is not told', () => {
  expect(times(3, 2)).toBe('1.50×');
  expect(times(3, 0)).toBe('–');
  expect(times(Number.NaN, 2)).toBe('–');
});

test('a table is aligned in its source', () => {
  const table = {
    columns: ['server', 'µs'],
    rows: [
      ['ws', '12.3'],
      ['Socket.IO', '9'],
    ],
  };
  expect(markdown(table)).toBe(
    [
      '| server    |   µs |',
      '| --------- | ---: |',
      '| ws        | 12.3 |',
      '| Socket.IO |    9 |',
    ].join('\n'),
  );
});
