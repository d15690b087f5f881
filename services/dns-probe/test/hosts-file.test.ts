import { expect, it } from 'vitest';
import { startDnsServer } from './dns-server.ts';
import { ownNames, ownNamesMissing } from './own-names.ts';
import { startProbe, temporaryFolder, urlOf } from './partyline.ts';

const missing = ownNamesMissing();
if (missing !== undefined) process.stderr.write(`hosts-file.test.ts is left out: ${missing}\n`);

it.skipIf(missing !== undefined)(
  'tells what only the hosts file has, or has otherwise, as the file is now',
  async () => {
    await using parts = new AsyncDisposableStack();
    const folder = await temporaryFolder(parts);
    const dns = parts.use(
      await startDnsServer((name, type) => {
        if (name !== 'both.example') return { rcode: 3 };
        return { addresses: type === 'A' ? ['192.0.2.1'] : [] };
      }),
    );
    const { through, hosts } = await ownNames(folder, {
      hosts: '192.0.2.10 printer both.example\n',
      resolv: 'search lab.example\nnameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
    });
    const probe = parts.use(await startProbe(folder, dns.address, {}, through));
    const url = await urlOf(probe);
    const ask = async (query: string) => (await fetch(`${url}/probe?${query}`)).json();

    expect(await ask('name=printer&type=A')).toMatchObject({
      lookup: { result: 'found', records: ['192.0.2.10'] },
      resolve: [{ result: 'nxdomain' }],
      differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
    });
    expect(await ask('name=both.example&type=A')).toMatchObject({
      lookup: { records: ['192.0.2.10'] },
      resolve: [{ records: ['192.0.2.1'] }],
      differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
    });
    expect(await ask('name=192.0.2.10')).toMatchObject({
      address: '192.0.2.10',
      lookup: { records: ['printer'] },
      resolve: [{ type: 'PTR', result: 'nxdomain' }],
      differences: [{ why: 'hosts-file' }],
    });
    await hosts('192.0.2.1 both.example\n');
    expect(await ask('name=both.example&type=A')).toMatchObject({
      lookup: { records: ['192.0.2.1'] },
      differences: [],
    });
  },
);
