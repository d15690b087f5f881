import { expect, it } from 'vitest';
import { startDnsServer } from './dns-server.ts';
import { admin, isReady, joinAs, startChatCore, startProbe, temporaryFolder } from './partyline.ts';

/** A DNS server whose zone is one address that changes. */
const startZone = async (parts: AsyncDisposableStack) => {
  const zone = { address: '192.0.2.7', asked: 0 };
  const dns = parts.use(
    await startDnsServer((_name, type) => {
      zone.asked += type === 'A' ? 1 : 0;
      return { addresses: type === 'A' ? [zone.address] : [] };
    }),
  );
  return { zone, at: dns.address };
};

it('tells #ops once when a name of the settings changes, with before and after', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const { zone, at } = await startZone(parts);
  const core = parts.use(
    await startChatCore(folder, {
      ...{ PARTYLINE_DNS_WATCH: 'localhost', PARTYLINE_DNS_WATCH_MS: '1000' },
    }),
  );
  // Two share the work.
  const probes = [await startProbe(folder, at), await startProbe(folder, at)];
  for (const it of probes) parts.use(it);
  await Promise.all(probes.map(isReady));
  const ann = await joinAs(parts, folder, 'ann', ['ops']);
  const known = async (address: string): Promise<void> =>
    expect
      .poll(async () => JSON.stringify((await admin(core, '/v1/watches')).body), {
        timeout: 20_000,
      })
      .toContain(address);

  await known('192.0.2.7');
  expect(ann.heard).toEqual([]);
  zone.address = '192.0.2.8';
  await ann.hears({
    ...{ room: 'ops', nick: 'dns', kind: 'notice' },
    text: expect.stringContaining(`A @${at} has changed: 192.0.2.7 → 192.0.2.8`),
    card: expect.objectContaining({ type: 'dns-change' }),
  });
  const asked = zone.asked;
  await expect.poll(() => zone.asked, { timeout: 20_000 }).toBeGreaterThan(asked + 3);
  expect(ann.heard).toHaveLength(1);
}, 60_000);

it('is told in chat, by who runs a room, and by the operator what to watch', async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await temporaryFolder(parts);
  const { zone, at } = await startZone(parts);
  const core = parts.use(await startChatCore(folder, { PARTYLINE_DNS_WATCH_MS: '1000' }));
  const probe = parts.use(await startProbe(folder, at));
  await isReady(probe);
  // Whoever makes a room runs it.
  const ann = await joinAs(parts, folder, 'ann', ['lobby', 'ops']);
  await ann.invoke('1', 'watch', 'localhost A in ops', 'lobby');
  await ann.hears({ room: 'lobby', text: 'localhost A is watched: ops is told when it changes.' });
  await ann.invoke('2', 'watch', 'localhost in elsewhere', 'lobby');
  await ann.hears({ room: 'lobby', text: expect.stringContaining('elsewhere') });

  const watch = { room: 'ops', name: 'localhost', types: 'AAAA', everyMs: 60_000 };
  const made = { method: 'POST', body: JSON.stringify(watch) };
  expect(await admin(core, '/v1/watches', made)).toEqual({ status: 200, body: { done: true } });
  await ann.invoke('3', 'watches', '', 'ops');
  await ann.hears({
    room: 'ops',
    text: 'Watched for ops:\nlocalhost A, every 1 s, by ann\nlocalhost AAAA, every 60 s, by operator',
  });
  const wrong = { method: 'POST', body: JSON.stringify({ ...watch, types: 'X' }) };
  expect(await admin(core, '/v1/watches', wrong)).toMatchObject({ status: 400 });

  await expect
    .poll(async () => JSON.stringify((await admin(core, '/v1/watches')).body), { timeout: 20_000 })
    .toContain('192.0.2.7');
  zone.address = '192.0.2.9';
  await ann.hears({ room: 'ops', text: expect.stringContaining('192.0.2.7 → 192.0.2.9') });

  await ann.invoke('4', 'unwatch', 'localhost A', 'ops');
  await ann.hears({ room: 'ops', text: 'localhost A is no longer watched for ops.' });
  const gone = '/v1/watches?room=ops&name=localhost&types=AAAA';
  expect(await admin(core, gone, { method: 'DELETE' })).toMatchObject({ status: 200 });
  expect(await admin(core, '/v1/watches')).toMatchObject({ body: { watches: [] } });
}, 60_000);
