import { expect, test } from 'vitest';
import { figure, markdown, times } from './table.ts';

test('a number has as many digits as mean something', () => {
  const told = [0.01234, 0.1234, 0.998, 1.234, 9.996, 12.34, 99.96, 12_345].map(figure);
  expect(told).toEqual(['0.012', '0.12', '1.00', '1.23', '10.0', '12.3', '100', '12,345']);
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
