import { expect, it } from 'vitest';
import { readTypes, writeRecords } from './record-type.ts';

it('asks for addresses when no type is named', () => {
  expect(readTypes(undefined)).toEqual(['A', 'AAAA']);
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
  ['A', ['192.0.2.1'], '192.0.2.1'],
  ['MX', [{ priority: 10, exchange: 'mx.example' }], '10 mx.example'],
  ['SRV', [{ priority: 1, weight: 2, port: 53, name: 'a.example' }], '1 2 53 a.example'],
  ['TXT', [['v=spf1', 'a "b"\n\\c é']], String.raw`"v=spf1" "a \"b\"\010\\c \195\169"`],
  ['CAA', [{ critical: 0, issue: 'ca.example', type: 'CAA' }], '0 issue "ca.example"'],
  [
    'SOA',
    {
      ...{ nsname: 'ns.example', hostmaster: 'root.example', serial: 1 },
      ...{ refresh: 2, retry: 3, expire: 4, minttl: 5 },
    },
    'ns.example root.example 1 2 3 4 5',
  ],
  [
    'NAPTR',
    [
      {
        ...{ order: 1, preference: 2, flags: 'u', service: 'E2U+sip' },
        ...{ regexp: '!^.*$!sip:a@b!', replacement: '' },
      },
    ],
    '1 2 "u" "E2U+sip" "!^.*$!sip:a@b!" .',
  ],
] as const)('writes a %s record on one line', (type, found, text) => {
  expect(writeRecords(type, found)).toEqual([text]);
});
