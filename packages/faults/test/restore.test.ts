import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dialTcp, dialWs, finish, startSystem, TalkingClient } from '../src/index.ts';

test('an older copy of the log put in its place is noticed: everybody is told where it goes on', async () => {
  await using system = await startSystem();
  const file = join(system.folder, 'partyline.db');
  const clients = [
    new TalkingClient('tcp', dialTcp(system.tcp.jsonPort)),
    new TalkingClient('ws', dialWs(system.ws.port)),
  ];
  const talk = async (): Promise<void> => {
    const goals = clients.map((client) => client.acked.size + 20);
    for (const client of clients) client.talk();
    await Promise.all(
      clients.map((client, n) => client.until(() => client.acked.size >= (goals[n] ?? 0))),
    );
    await finish(clients);
  };
  const epoch = async (): Promise<unknown> =>
    ((await (await system.admin('/v1/overview')).json()) as { epoch: unknown }).epoch;

  await Promise.all(clients.map((client) => client.enter()));
  await talk();
  await system.core.stop();
  await copyFile(file, `${file}.copy`);
  await system.core.start();
  const before = await epoch();
  const end = Math.max(...clients.map((client) => client.lastAcked));
  await talk();
  const beyond = Math.max(...clients.map((client) => client.lastAcked));

  await system.core.stop();
  await copyFile(`${file}.copy`, file);
  await system.core.start();
  expect(await epoch()).not.toBe(before);
  for (const client of clients) {
    await client.until(() => client.gaps.length > 0);
    expect(client.gaps).toMatchObject([{ room: 'lobby', from: beyond + 1, next: end + 1 }]);
    client.seen.length = 0;
  }
  for (const client of clients) client.lastAcked = 0;
  await talk();
  for (const client of clients) {
    expect(client.seen[0]?.seq).toBe(end + 1);
    expect(client.breaks).toBe(0);
    client.close();
  }
}, 120_000);
