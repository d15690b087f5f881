import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withBlock } from './generated-block.ts';
import { currentTable } from './settings-table.ts';

it('is in README.md as the services are now', async () => {
  const text = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(withBlock(text, 'settings', await currentTable())).toBe(text);
});
