import { expect, it } from 'vitest';
import { startDnsServer } from './dns-server.ts';
import { isReady, joinAs, startChatCore, startProbe, temporaryFolder, urlOf } from './partyline.ts';

it('answers over HTTP, also while chat-core is away, and ends with 0', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const dns = parts.use(await startDnsServer(() => ({ rcode: 3 })));
  const probe = parts.use(await startProbe(folder, dns.address));
  const url = await urlOf(probe);

  const answer = await fetch(`${url}/probe?name=localhost&type=A`);
  expect(await answer.json()).toMatchObject({
    name: 'localhost',
    lookup: { result: 'found', records: ['127.0.0.1'] },
    resolve: [{ type: 'A', result: 'nxdomain' }],
    differences: [{ between: 'system-and-servers', why: 'hosts-file' }],
  });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect((await fetch(`${url}/readyz`)).status).toBe(503);
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
    /partyline_dns_probes_total\{asked="http",outcome="answered",.*\} 1/,
  );
  expect(await probe.stop()).toBe(0);
});

it('answers /dns in the room in which it was used', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  parts.use(await startChatCore(folder));
  const dns = parts.use(
    await startDnsServer((_name, type) =>
      type === 'A' ? { addresses: ['192.0.2.7'] } : { addresses: [] },
    ),
  );
  const probe = parts.use(await startProbe(folder, dns.address));
  const ann = await joinAs(parts, folder, 'ann', ['lobby']);
  // The command is served from the moment at which dns-probe has said hello.
  await isReady(probe);
  expect(await ann.invoke('i1', 'dns', 'localhost A', 'lobby')).toMatchObject({ type: 'done' });
  await ann.hears({
    ...{ room: 'lobby', nick: 'dns', kind: 'notice' },
    text: expect.stringMatching(/^localhost system: 127\.0\.0\.1.*\nlocalhost A: 192\.0\.2\.7/),
    card: expect.objectContaining({ type: 'dns' }),
  });
});
