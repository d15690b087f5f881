import { expect, test } from 'vitest';
import { span } from './line.ts';
import { paint } from './paint.ts';
import { themeFor, themeOf } from './theme.ts';

const screen = (...lines: readonly string[]) => ({
  lines: lines.map((it) => [span(it, 'quiet')]),
  cursor: { row: 1, column: 2 },
});

test('only lines that changed are written, and the cursor is put in its place', () => {
  const theme = themeOf('plain');
  const [first, painted] = paint(screen('one', 'two'), theme, undefined);
  expect(first).toContain('one');
  expect(first).toContain('two');
  const [second] = paint(screen('one', 'TWO'), theme, painted);
  expect(second).not.toContain('one');
  expect(second).toContain('\u001b[2;1H\u001b[2mTWO\u001b[0m\u001b[K');
  expect(second).toContain('\u001b[2;3H');
});

test.each([
  [{}, 'dark'],
  [{ COLORFGBG: '0;15' }, 'light'],
  [{ NO_COLOR: '1' }, 'plain'],
  [{ NO_COLOR: '' }, 'dark'],
  [{ NO_COLOR: '1', PARTYLINE_THEME: 'light' }, 'light'],
])('the environment %j asks for the theme %s', (env, theme) => {
  expect(themeFor(env)).toBe(theme);
});

test('the plain theme has no colours', () => {
  for (const look of Object.values(themeOf('plain'))) expect(look).toMatch(/^([1-9](;[1-9])*)?$/);
});
