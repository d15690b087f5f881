import type { ProbeAnswer as Answer, RecordType, ServerAnswer } from '@partyline/protocol';
import { describe, expect, it } from 'vitest';
import { createProbe } from './probe.ts';
import type { System } from './system.ts';

const found = (...records: string[]): Answer => ({ result: 'found', records, ms: 1 });
const [near, far, hidden] = ['192.0.2.53', '198.51.100.53', '203.0.113.53'].map((address) => ({
  ...{ name: address, address, port: 53 },
}));

type Said = (server: string, name: string, type: RecordType) => ServerAnswer;

const probe = (
  answers: Partial<System> & { said?: Said } = {},
  privateAddresses: 'hide' | 'show' = 'hide',
) => {
  const {
    said = (_server, _name, type) =>
      type === 'A' ? found('192.0.2.1') : { result: 'no-data', ms: 1 },
    ...system
  } = answers;
  return createProbe({
    system: {
      addresses: async () => found('192.0.2.1'),
      nameOf: async () => found('a.example'),
      ...system,
    },
    ask: async (server, name, type) => said(server.name, name, type),
    servers: [near].filter((it) => it !== undefined),
    choices: [far, { ...hidden, name: 'home' }].filter((it) => it !== undefined) as never,
    systemNames: async () => ({ hosts: new Map(), searchDomains: [] }),
    privateAddresses,
  });
};

describe('a probe', () => {
  it('shows the system’s answer beside those of DNS', async () => {
    expect(await probe()({ name: 'A.example' })).toEqual({
      name: 'a.example',
      lookup: found('192.0.2.1'),
      resolve: [
        { type: 'A', server: '192.0.2.53', ...found('192.0.2.1') },
        { type: 'AAAA', server: '192.0.2.53', result: 'no-data', ms: 1 },
      ],
      differences: [],
    });
  });

  it('asks only DNS for what the system knows nothing of', async () => {
    const addresses = () => expect.fail('the system was asked');
    const report = await probe({ addresses })({ name: 'a.example', type: 'MX' });
    expect(report).not.toHaveProperty('lookup');
  });

  it('asks the servers that are named, side by side, and for the age of what differs', async () => {
    const said: Said = (server, _name, type) => {
      const isFar = server === '198.51.100.53';
      if (type === 'SOA') return { ...found('…'), serial: isFar ? 7 : 8, flags: ['aa'] };
      return { ...found(isFar ? '192.0.2.2' : '192.0.2.1'), flags: ['aa'] };
    };
    const question = { name: 'a.example', type: 'A', servers: ['198.51.100.53', 'home'] };
    expect(await probe({ said })(question)).toMatchObject({
      resolve: [
        { server: '198.51.100.53', records: ['192.0.2.2'], serial: 7 },
        { server: 'home', records: ['192.0.2.1'], serial: 8 },
      ],
      differences: [{ between: 'servers', type: 'A', why: 'zone-lag' }],
    });
  });

  it('asks any server for whoever runs the server', async () => {
    const question = { name: 'a.example', type: 'A', servers: ['192.0.2.99:5353'] };
    expect(await probe()(question)).toMatchObject({ code: 'dns-server-refused' });
    expect(await probe()({ ...question, anyServer: true })).toMatchObject({
      resolve: [{ server: '192.0.2.99:5353' }],
    });
    const named = { ...question, servers: ['nowhere'], anyServer: true };
    expect(await probe()(named)).toMatchObject({ code: 'dns-server-refused' });
  });

  it('compares addresses of private networks, but does not tell them', async () => {
    const answers = {
      addresses: async () => found('10.0.0.7', 'fd00::1'),
      said: () => found('192.0.2.1'),
    };
    expect(await probe(answers)({ name: 'a.example', type: 'A' })).toMatchObject({
      lookup: { result: 'found', records: [], hidden: 2 },
      differences: [{ why: 'split-horizon' }],
    });
    const shown = await probe(answers, 'show')({ name: 'a.example', type: 'A' });
    expect(shown).toMatchObject({ lookup: { records: ['10.0.0.7', 'fd00::1'] } });
  });

  it('asks both for the name of an address', async () => {
    const said: Said = (_server, name, type) => found(`${type} of ${name}`);
    expect(await probe({ said })({ name: '192.0.2.1' })).toMatchObject({
      ...{ address: '192.0.2.1', name: '1.2.0.192.in-addr.arpa' },
      lookup: { records: ['a.example'] },
      resolve: [{ type: 'PTR', records: ['PTR of 1.2.0.192.in-addr.arpa'] }],
    });
  });

  it('tells names of private addresses only where the operator shows them', async () => {
    const question = { name: '10.0.0.1' };
    expect(await probe()(question)).toMatchObject({ code: 'dns-reverse-refused' });
    expect(await probe({}, 'show')(question)).toMatchObject({ address: '10.0.0.1' });
  });

  it.each([
    [{ name: 'a b' }, 'dns-name-bad'],
    [{ name: 'a.example', type: 'X' }, 'dns-type-unknown'],
    [{ name: 'a.example', servers: ['10.0.0.1'] }, 'dns-server-refused'],
    [{ name: 'a.example', servers: ['192.0.2.53:54'] }, 'dns-server-refused'],
    [{ name: 'a.example', servers: Array(5).fill('home') }, 'dns-server-refused'],
    [{ name: '0.0.10.in-addr.arpa', type: 'PTR' }, 'dns-reverse-refused'],
  ])('of %j is refused', async (question, code) => {
    expect(await probe()(question)).toMatchObject({ code });
  });
});
