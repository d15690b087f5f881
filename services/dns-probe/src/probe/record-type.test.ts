import { expect, it } from 'vitest';
import { readTypes, writeRecord } from './record-type.ts';

it('asks for what is usual when no type is named', () => {
  expect(readTypes(undefined)).toBeUndefined();
});

it('takes one type or several, in any case', () => {
  expect(readTypes('mx')).toEqual(['MX']);
  expect(readTypes('A+AAAA,a')).toEqual(['A', 'AAAA']);
});

it.each(['ANY', 'A+', 'toString', '__proto__', 'X'.repeat(1_000)])(
  'refuses %s, and says which there are',
  (text) => {
    const problem = readTypes(text);
    expect(problem).toMatchObject({ code: 'dns-type-unknown' });
    expect(JSON.stringify(problem).length).toBeLessThan(400);
  },
);

it.each([
  ['A', '192.0.2.1', '192.0.2.1'],
  ['PTR', 'a b\n.example', String.raw`a\032b\010.example`],
  ['MX', { preference: 10, exchange: 'mx.example' }, '10 mx.example'],
  ['SRV', { priority: 1, weight: 2, port: 53, target: 'a.example' }, '1 2 53 a.example'],
  [
    'TXT',
    [Buffer.from('v=spf1'), Buffer.from('a "b"\n\\c é')],
    String.raw`"v=spf1" "a \"b\"\010\\c \195\169"`,
  ],
  ['CAA', { flags: 128, tag: 'issue', value: 'ca.example' }, '128 issue "ca.example"'],
  [
    'SOA',
    {
      ...{ mname: 'ns.example', rname: 'root.example', serial: 1 },
      ...{ refresh: 2, retry: 3, expire: 4, minimum: 5 },
    },
    'ns.example root.example 1 2 3 4 5',
  ],
  [
    'NAPTR',
    {
      ...{ order: 1, preference: 2, flags: 'u', services: 'E2U+sip' },
      ...{ regexp: '!^.*$!sip:a@b!', replacement: '.' },
    },
    '1 2 "u" "E2U+sip" "!^.*$!sip:a@b!" .',
  ],
] as const)('writes a %s record on one line', (type, data, text) => {
  expect(writeRecord(type, data)).toBe(text);
});
