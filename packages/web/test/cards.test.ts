import { expect, test } from 'vitest';
import { dnsCard, dnsChangeCard } from './cards.ts';
import { useFixture } from './fixture.ts';
import { shoot } from './stage.ts';

const fixture = useFixture();

test('what resolvers say is a table: who, what, for how long, how fast, and where they differ', async () => {
  fixture.server.tell('dns', 'tea.example …', dnsCard);
  const page = await fixture.enter('eve');
  const table = page.getByRole('table', { name: 'tea.example' });
  const rows = await table.getByRole('row').allInnerTexts();
  expect(rows.map((it) => it.replace(/\s+/g, ' ').trim())).toEqual([
    'Resolver Type Answer Kept for Took',
    'system IPv4 first 10.0.0.7 0.4 ms',
    '192.0.2.53 authoritative A → kettle.example 198.51.100.4 198.51.100.5 and 2 more 1 private 5 minutes 12.3 ms',
    '192.0.2.53 AAAA no such record 1 hour 11.9 ms',
    '203.0.113.53 asked a while ago A no answer in time 2000 ms',
  ]);
  expect(await page.locator('.verdict').allInnerTexts()).toEqual([
    'The system and DNS differ: the hosts file has the name.',
    'The servers differ over A: not all of them could say.',
  ]);
  expect(await page.getByText('tea.example …').count()).toBe(0);
});

test('a name that changed shows what was and what is', async () => {
  fixture.server.tell('dns', 'ws-gateway has changed', dnsChangeCard);
  const page = await fixture.enter('eve');
  const table = page.getByRole('table', { name: 'ws-gateway has changed' });
  const rows = await table.getByRole('row').allInnerTexts();
  expect(rows.map((it) => it.replace(/\s+/g, ' ').trim())).toEqual([
    'Resolver Type Before Now',
    '127.0.0.11 A 172.18.0.3 172.18.0.4 172.18.0.4 172.18.0.9',
    'system nothing no such name (NXDOMAIN)',
  ]);
  expect(await table.getByRole('deletion').allInnerTexts()).toEqual(['172.18.0.3']);
  expect(await table.getByRole('insertion').allInnerTexts()).toEqual(['172.18.0.9']);
});

test('addresses that are not told have changed, though there are as many', async () => {
  const hidden = (mark: string) => ({ result: 'found' as const, records: [], hidden: 2, mark });
  fixture.server.tell('dns', 'ws-gateway has changed', {
    type: 'dns-change',
    change: { name: 'ws-gateway', before: [hidden('x')], after: [hidden('y')], differences: [] },
  });
  const page = await fixture.enter('eve');
  const table = page.getByRole('table', { name: 'ws-gateway has changed' });
  expect(await table.getByRole('deletion').allInnerTexts()).toEqual(['2 private']);
  expect(await table.getByRole('insertion').allInnerTexts()).toEqual(['2 private']);
});

test('a card of a kind that is not known here is told by its text', async () => {
  fixture.server.tell('tea', 'The kettle is on.', { type: 'kettle' } as never);
  const page = await fixture.enter('eve');
  await page.getByText('The kettle is on.').waitFor();
});

for (const [name, width] of Object.entries({ wide: 1180, narrow: 390 }))
  test(`a card fits its place (${name})`, async () => {
    fixture.server.tell('dns', 'tea.example …', dnsCard);
    fixture.server.tell('dns', 'ws-gateway has changed', dnsChangeCard);
    const viewport = { width, height: 780 };
    const page = await fixture.enter('eve', { viewport, isMobile: width < 500 });
    await page.getByRole('table', { name: 'ws-gateway has changed' }).waitFor();
    const pageWidth = await page.evaluate('document.documentElement.scrollWidth');
    expect(pageWidth).toBeLessThanOrEqual(width);
    await shoot(page, `cards-${name}`);
  });
