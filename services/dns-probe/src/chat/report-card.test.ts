import { cardBytes, limits, type ProbeReport } from '@partyline/protocol';
import { expect, test } from 'vitest';
import { reportCard } from './report-card.ts';

const answer = (type: string, records: string[]) => ({
  ...{ type, server: 'near', result: 'found' as const, records, ms: 1 },
});
const report = (...resolve: ProbeReport['resolve']): ProbeReport => ({
  ...{ name: 'a.example', resolve, differences: [] },
});
const some = (count: number, length = 1) => Array.from({ length: count }, () => 'x'.repeat(length));

test('a report is a card as it is', () => {
  const it = report(answer('A', ['192.0.2.1', '192.0.2.2']));
  expect(reportCard(it)).toEqual({ type: 'dns', report: it });
});

test('has as many records as there is room for, and counts the others', () => {
  const card = reportCard(report(answer('TXT', some(400, 1_000)), answer('A', some(3))));
  expect(card).toMatchObject({ report: { resolve: [{ more: 384 }, { records: some(3) }] } });
});

test('counts a record that is too long for a card', () => {
  const card = reportCard(report(answer('TXT', [...some(1, 5_000), 'short'])));
  expect(card).toMatchObject({ report: { resolve: [{ records: ['short'], more: 1 }] } });
});

test('is never longer than a card may be', () => {
  for (const answers of [1, 4, 10, 40]) {
    const card = reportCard(report(...some(answers).map(() => answer('TXT', some(70, 900)))));
    if (card !== undefined) expect(cardBytes(card)).toBeLessThanOrEqual(limits.cardBytes);
    expect(card === undefined).toBe(answers === 40);
  }
});
