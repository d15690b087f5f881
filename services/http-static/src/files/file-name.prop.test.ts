import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { disposition, fileName } from './file-name.ts';

const anyName = fc.string({ unit: 'binary', maxLength: 300 });

/** What would lead elsewhere, split a header, or be hidden. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
const unsafe = /[/\\\u0000-\u001f\u007f"]|^\./;

test.prop([
  fc.oneof(
    anyName,
    anyName.map((it) => `../${it}/..\\${it}`),
  ),
])('whatever a file is called, its name leads nowhere, is there, and stays what it is', (given) => {
  const name = fileName(given);
  expect(name).not.toMatch(unsafe);
  expect(name).not.toBe('');
  expect([...name].length).toBeLessThanOrEqual(120);
  expect(fileName(name)).toBe(name);
});

test.prop([anyName])('a header can hold any name', (given) => {
  const header = disposition('attachment', fileName(given.toWellFormed()));
  expect(header).toMatch(/^attachment; filename="[ !#-~]*"; filename\*=UTF-8''[\w.!~%-]*$/);
});
