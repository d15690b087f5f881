import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withBlock } from '../generated-block.ts';
import { currentList, metricsFile, serviceMetrics } from './metrics-list.ts';

it('is in METRICS.md as the services are now', async () => {
  const text = readFileSync(metricsFile, 'utf8');
  expect(withBlock(text, 'metrics', await currentList())).toBe(text);
});

it('gives one meaning to each name, whichever service serves it', async () => {
  const meanings = new Map<string, string>();
  for (const { metrics } of await serviceMetrics())
    for (const { name, kind, labels = {} } of Object.values(metrics)) {
      const meaning = `${kind} by ${Object.keys(labels).sort()}`;
      expect([name, meanings.get(name) ?? meaning]).toEqual([name, meaning]);
      meanings.set(name, meaning);
    }
});
