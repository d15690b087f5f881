import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const links = (text: string) => linkify(text).flatMap(({ href }) => href ?? []);

test.each([
  ['an address alone', 'https://a.example', ['https://a.example']],
  ['an address that ends a sentence', 'See http://a.example/x.', ['http://a.example/x']],
  ['an address in brackets', '(https://a.example/x)', ['https://a.example/x']],
  ['brackets in an address', 'https://a.example/x_(y)', ['https://a.example/x_(y)']],
  [
    'two addresses',
    'https://a.example, https://b.example',
    ['https://a.example', 'https://b.example'],
  ],
  ['an address before full-width punctuation', 'https://a.example。', ['https://a.example']],
  ['what is no web address', 'javascript:alert(1) ftp://a.example //b.example', []],
])('finds %s', (_, text, found) => {
  expect(links(text)).toEqual(found);
});

prop.prop([fc.string({ unit: 'binary' })])('loses nothing of a text', (text) => {
  expect(
    linkify(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

prop.prop([fc.string({ unit: 'binary' })])('links to the web only', (text) => {
  for (const href of links(`https://${text}`)) expect(href).toMatch(/^https?:\/\//i);
});
