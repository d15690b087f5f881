import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { currentTable, withTable } from './settings-table.ts';

it('puts the table in its place, and again in the same', () => {
  const text = 'before\n<!-- settings -->\nold\n<!-- /settings -->\nafter\n';
  const once = withTable(text, '| $& |');
  expect(once).toBe('before\n<!-- settings -->\n\n| $& |\n\n<!-- /settings -->\nafter\n');
  expect(withTable(once, '| $& |')).toBe(once);
});

it('says when there is no place for it', () => {
  expect(() => withTable('nothing', '')).toThrow('no place');
});

it('is in README.md as the services are now', async () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(withTable(text, await currentTable())).toBe(text);
});
