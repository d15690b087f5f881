import { describe, expect, it } from 'vitest';
import type { Answer, Failure } from './answer.ts';
import { compare } from './compare.ts';
import { parseHosts, parseSearchDomains } from './system-names.ts';

const found = (...records: string[]): Answer => ({ result: 'found', records, ms: 1 });
const not = (result: Failure): Answer => ({ result, ms: 1 });
const system = {
  hosts: parseHosts('127.0.0.1\tlocalhost Box  # mine\n10.0.0.5 db db.example\n#10.0.0.6 old\n'),
  searchDomains: parseSearchDomains('nameserver 1.1.1.1\nsearch old\nsearch corp.example lan\n'),
};
const nothing = { hosts: new Map(), searchDomains: [] };

describe('the system and DNS', () => {
  it.each([
    [
      'the same addresses in another order',
      found('192.0.2.1', '192.0.2.2'),
      [found('192.0.2.2'), found('192.0.2.1')],
    ],
    ['nothing on either side', not('not-found'), [not('nxdomain'), not('no-data')]],
    ['nothing known, as nobody could be asked', not('temporary'), [not('timeout')]],
  ])('agree on %s', (_what, lookup, resolve) => {
    expect(compare('a.example', lookup, resolve, system)).toEqual({ differs: false });
  });

  it.each([
    ['hosts-file', 'box', found('127.0.0.1'), [not('nxdomain')]],
    ['hosts-file', 'db.example', found('10.0.0.5'), [found('192.0.2.1')]],
    ['search-domain', 'intranet', found('10.1.1.1'), [not('nxdomain'), not('nxdomain')]],
    ['localhost', 'app.localhost', found('127.0.0.1'), [not('nxdomain')]],
    ['mdns', 'printer.local', found('192.168.1.9'), [not('nxdomain')]],
    ['split-horizon', 'app.example', found('10.2.2.2'), [found('192.0.2.1')]],
    ['rotation-or-cache', 'cdn.example', found('192.0.2.1'), [found('192.0.2.2')]],
    ['dns-failing', 'a.example', found('192.0.2.1'), [not('timeout'), not('servfail')]],
    ['system-failing', 'a.example', not('temporary'), [found('192.0.2.1')]],
  ] as const)('differ by %s', (why, name, lookup, resolve) => {
    expect(compare(name, lookup, resolve, system)).toEqual({ differs: true, why });
  });

  it.each([
    ['a.example', found('192.0.2.1'), [not('nxdomain')]],
    ['a.example', not('not-found'), [found('192.0.2.1')]],
    ['intranet', found('10.1.1.1'), [not('nxdomain')]],
  ])('differ over %s for no reason that can be known', (name, lookup, resolve) => {
    expect(compare(name, lookup, resolve, nothing)).toEqual({ differs: true });
  });
});
