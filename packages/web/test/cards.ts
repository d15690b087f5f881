import type { Card } from '@partyline/client';

/** What dns-probe says of a name that the hosts file has otherwise. */
export const dnsCard: Card = {
  type: 'dns',
  report: {
    name: 'tea.example',
    lookup: { result: 'found', records: ['10.0.0.7'], first: 'IPv4', ms: 0.4 },
    resolve: [
      {
        ...{ type: 'A', server: '192.0.2.53', result: 'found', ms: 12.3, ttl: 300 },
        ...{ records: ['198.51.100.4', '198.51.100.5'], hidden: 1, more: 2 },
        ...{ aliases: ['kettle.example'], flags: ['aa'] },
      },
      { type: 'AAAA', server: '192.0.2.53', result: 'no-data', ms: 11.9, ttl: 3_600 },
      { type: 'A', server: '203.0.113.53', result: 'timeout', ms: 2_000, cached: true },
    ],
    differences: [
      { between: 'system-and-servers', why: 'hosts-file' },
      { between: 'servers', type: 'A', why: 'server-failing' },
    ],
  },
};

/** What it says when a watched name has changed. */
export const dnsChangeCard: Card = {
  type: 'dns-change',
  change: {
    name: 'ws-gateway',
    before: [
      { result: 'found', records: ['172.18.0.3', '172.18.0.4'], server: '127.0.0.11', type: 'A' },
    ],
    after: [
      { result: 'found', records: ['172.18.0.4', '172.18.0.9'], server: '127.0.0.11', type: 'A' },
      { result: 'nxdomain' },
    ],
    differences: [],
  },
};
