import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { createProbe } from './probe.ts';
import type { Resolvers } from './resolvers.ts';

const found = (...records: string[]): Answer => ({ result: 'found', records, ms: 1 });

const probe = (answers: Partial<Resolvers> = {}, privateAddresses: 'hide' | 'show' = 'hide') =>
  createProbe({
    resolvers: {
      lookup: async () => found('192.0.2.1'),
      resolve: async (_name, type) =>
        type === 'A' ? found('192.0.2.1') : { result: 'no-data', ms: 1 },
      [Symbol.dispose]: () => {},
      ...answers,
    },
    systemNames: async () => ({ hosts: new Map(), searchDomains: [] }),
    privateAddresses,
  });

describe('a probe', () => {
  it('shows the system’s answer beside those of DNS', async () => {
    expect(await probe()({ name: 'A.example' })).toEqual({
      name: 'a.example',
      lookup: found('192.0.2.1'),
      resolve: [
        { type: 'A', ...found('192.0.2.1') },
        { type: 'AAAA', result: 'no-data', ms: 1 },
      ],
      differs: false,
    });
  });

  it('asks only DNS for what the system knows nothing of', async () => {
    const lookup = () => expect.fail('the system was asked');
    const report = await probe({ lookup })({ name: 'a.example', type: 'MX' });
    expect(report).not.toHaveProperty('differs');
  });

  it('compares addresses of private networks, but does not tell them', async () => {
    const answers = {
      lookup: async () => found('10.0.0.7', 'fd00::1'),
      resolve: async () => found('192.0.2.1'),
    };
    expect(await probe(answers)({ name: 'a.example', type: 'A' })).toMatchObject({
      lookup: { result: 'found', records: [], hidden: 2 },
      differs: true,
      why: 'split-horizon',
    });
    const shown = await probe(answers, 'show')({ name: 'a.example', type: 'A' });
    expect(shown).toMatchObject({ lookup: { records: ['10.0.0.7', 'fd00::1'] } });
  });

  it.each([
    [{ name: 'a b' }, 'dns-name-bad'],
    [{ name: 'a.example', type: 'X' }, 'dns-type-unknown'],
    [{ name: 'a.example', server: '10.0.0.1' }, 'dns-server-refused'],
    [{ name: '1.0.0.10.in-addr.arpa', type: 'PTR' }, 'dns-reverse-refused'],
  ])('of %j is refused', async (question, code) => {
    expect(await probe()(question)).toMatchObject({ code });
  });

  it('is refused while 64 others are under way, and served again after', async () => {
    const gate = Promise.withResolvers<Answer>();
    const ask = probe({ lookup: () => gate.promise });
    const underWay = Array.from({ length: 64 }, () => ask({ name: 'a.example' }));
    expect(await ask({ name: 'a.example' })).toMatchObject({ code: 'line-full' });
    gate.resolve(found());
    await Promise.all(underWay);
    expect(await ask({ name: 'a.example' })).toMatchObject({ name: 'a.example' });
  });
});
