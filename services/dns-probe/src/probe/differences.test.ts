import type { ProbeAnswer as Answer, ProbeFailure, ServerAnswer } from '@partyline/protocol';
import { describe, expect, it } from 'vitest';
import { amongServers, fromServers } from './differences.ts';
import { parseHosts, parseSearchDomains } from './system-names.ts';

const found = (...records: string[]): Answer => ({ result: 'found', records, ms: 1 });
const not = (result: ProbeFailure): Answer => ({ result, ms: 1 });
const reads = {
  hosts: parseHosts('127.0.0.1\tlocalhost Box  # mine\n10.0.0.5 db db.example\n#10.0.0.6 old\n'),
  searchDomains: parseSearchDomains('nameserver 1.1.1.1\nsearch old\nsearch corp.example lan\n'),
};
const nothing = { hosts: new Map(), searchDomains: [] };

describe('the system and DNS', () => {
  it.each([
    [
      'the same addresses in another order',
      found('192.0.2.1', '192.0.2.2'),
      [[found('192.0.2.2'), found('192.0.2.1')]],
    ],
    [
      'what one of two servers says',
      found('192.0.2.1'),
      [[found('192.0.2.9')], [found('192.0.2.1')]],
    ],
    ['nothing on either side', not('not-found'), [[not('nxdomain'), not('no-data')]]],
    ['nothing known, as nobody could be asked', not('temporary'), [[not('timeout')]]],
  ])('agree on %s', (_what, lookup, servers) => {
    expect(fromServers({ name: 'a.example' }, lookup, servers, reads)).toBeUndefined();
  });

  it.each([
    ['hosts-file', 'box', found('127.0.0.1'), [not('nxdomain')]],
    ['hosts-file', 'db.example', found('10.0.0.5'), [found('192.0.2.1')]],
    ['search-domain', 'intranet', found('10.1.1.1'), [not('nxdomain'), not('nxdomain')]],
    ['localhost', 'app.localhost', found('127.0.0.1'), [not('nxdomain')]],
    ['mdns', 'printer.local', found('192.168.1.9'), [not('nxdomain')]],
    ['one-family', 'a.example', found('192.0.2.1'), [found('192.0.2.1'), found('2001:db8::1')]],
    ['split-horizon', 'app.example', found('10.2.2.2'), [found('192.0.2.1')]],
    ['rotation-or-cache', 'cdn.example', found('192.0.2.1'), [found('192.0.2.2')]],
    ['dns-failing', 'a.example', found('192.0.2.1'), [not('timeout'), not('servfail')]],
    ['system-failing', 'a.example', not('temporary'), [found('192.0.2.1')]],
  ] as const)('differ by %s', (why, name, lookup, answers) => {
    const difference = fromServers({ name }, lookup, [answers], reads);
    expect(difference).toEqual({ between: 'system-and-servers', why });
  });

  it('differ over the name of an address by what the hosts file says', () => {
    const subject = { name: '5.0.0.10.in-addr.arpa', address: '10.0.0.5' };
    expect(fromServers(subject, found('db'), [[not('nxdomain')]], reads)).toMatchObject({
      why: 'hosts-file',
    });
  });

  it.each([
    ['a.example', found('192.0.2.1'), [not('nxdomain')]],
    ['a.example', not('not-found'), [found('192.0.2.1')]],
    ['intranet', found('10.1.1.1'), [not('nxdomain')]],
  ])('differ over %s for no reason that can be known', (name, lookup, answers) => {
    const difference = fromServers({ name }, lookup, [answers], nothing);
    expect(difference).toEqual({ between: 'system-and-servers' });
  });
});

describe('servers', () => {
  const aa = (answer: Answer, serial?: number): ServerAnswer => ({
    ...answer,
    flags: ['aa'],
    ...(serial !== undefined && { serial }),
  });

  it.each<[string, readonly ServerAnswer[]]>([
    ['one of them', [found('192.0.2.1')]],
    ['the same in another order', [found('a', 'b'), found('b', 'a')]],
    ['that there is no such name', [not('nxdomain'), not('nxdomain')]],
    ['nothing, as none could say', [not('timeout'), not('servfail')]],
  ])('agree on %s', (_what, answers) => {
    expect(amongServers('A', answers)).toBeUndefined();
  });

  it.each<[string | undefined, readonly ServerAnswer[]]>([
    ['server-failing', [found('192.0.2.1'), not('timeout')]],
    ['split-horizon', [found('10.0.0.1'), found('192.0.2.1')]],
    ['zone-lag', [aa(found('192.0.2.1'), 7), aa(found('192.0.2.2'), 8)]],
    ['stale-cache', [aa(found('192.0.2.1'), 8), found('192.0.2.2')]],
    ['rotation-or-cache', [found('192.0.2.1'), found('192.0.2.2')]],
    [undefined, [found('192.0.2.1'), not('nxdomain')]],
    [undefined, [not('no-data'), not('nxdomain')]],
  ])('differ by %s', (why, answers) => {
    expect(amongServers('A', answers)).toEqual({
      ...{ between: 'servers', type: 'A' },
      ...(why !== undefined && { why }),
    });
  });
});
