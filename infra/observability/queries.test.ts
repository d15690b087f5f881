import { expect, it } from 'vitest';
import { groupingsIn, metricsIn } from './queries.ts';

it.each([
  ['up', [{ name: 'up', labels: [] }]],
  ['sum by (a) (rate(x_total{b="c", d=~"e|f"}[5m]))', [{ name: 'x_total', labels: ['b', 'd'] }]],
  [
    'a:b:c > 0.5 and on (d) e',
    [
      { name: 'a:b:c', labels: [] },
      { name: 'e', labels: [] },
    ],
  ],
  ['time() - x > 172800', [{ name: 'x', labels: [] }]],
  [
    'histogram_quantile(0.99, sum by (le) (rate(x_bucket[$__rate_interval])))',
    [{ name: 'x_bucket', labels: [] }],
  ],
] as const)('finds what %s asks for', (expression, asked) => {
  expect(metricsIn(expression)).toEqual(asked);
});

it('finds what an expression groups by', () => {
  expect(groupingsIn('sum by (a, b) (x) / max by (c) (y)')).toEqual(['a', 'b', 'c']);
});
