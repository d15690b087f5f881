import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { type Inline, readMarkup } from './markup.ts';

/** A text as it reads, its marks as tags. */
const told = (content: readonly Inline[]): string =>
  content
    .map((it) => {
      if (it.is === 'text') return it.text;
      if (it.is === 'link') return `[${it.text}]`;
      return `<${it.is}>${it.is === 'code' ? it.text : told(it.content)}</>`;
    })
    .join('');
const read = (text: string): string =>
  readMarkup(text)
    .map((it) =>
      it.is === 'code' ? `{${it.language}:${it.text}}` : `${it.is[0]}|${told(it.content)}`,
    )
    .join(' / ');

test.each([
  ['two\nlines', 'l|two\nlines'],
  ['**so** *much* _more_ ~~less~~', 'l|<strong>so</> <em>much</> <em>more</> <del>less</>'],
  ['**a *b* c**', 'l|<strong>a <em>b</> c</>'],
  ['run `ls *.ts` now', 'l|run <code>ls *.ts</> now'],
  ['``a ` b``', 'l|<code>a ` b</>'],
  ['2 * 3 * 4, snake_case_name, **, ~~', 'l|2 * 3 * 4, snake_case_name, **, ~~'],
  ['https://a.example/_x_/*y*', 'l|[https://a.example/_x_/*y]*'],
  ['**see https://a.example/b**', 'l|<strong>see [https://a.example/b]</>'],
  ['> one\n> two\nthree', 'q|one\ntwo / l|three'],
  ['look:\n```ts\nconst a = **1**;\n```\nok', 'l|look: / {ts:const a = **1**;} / l|ok'],
  ['```\nnever closed', 'l|```\nnever closed'],
  ['<b>x</b> <img src=x onerror=alert(1)>', 'l|<b>x</b> <img src=x onerror=alert(1)>'],
])('%j', (text, expected) => {
  expect(read(text)).toBe(expected);
});

const letters = fc.array(
  fc.oneof(
    fc.constantFrom('*', '**', '_', '`', '```', '~~', '> ', '\n', ' '),
    fc.constantFrom('a', '字'),
  ),
  { maxLength: 60 },
);

prop.prop([letters])('loses nothing but marks', (pieces) => {
  const text = pieces.join('');
  const all = readMarkup(text)
    .map((it) => (it.is === 'code' ? it.text : told(it.content).replace(/<\w+>|<\/>/g, '')))
    .join('');
  const bare = (it: string): string => it.replace(/[*_`~>\s]/g, '');
  expect(bare(all)).toBe(bare(text));
});

test('takes no long time over marks that never end', () => {
  const began = performance.now();
  for (const mark of ['*a ', '**a ', '_a ', '`a ', '~~a ', '> ', '```\n'])
    readMarkup(mark.repeat(3_000).slice(0, 8_000));
  expect(performance.now() - began).toBeLessThan(2_000);
});
