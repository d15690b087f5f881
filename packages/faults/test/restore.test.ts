import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import {
  dialTcp,
  dialWs,
  finish,
  readLog,
  type System,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

const restoreCommand = fileURLToPath(
  new URL('../../../services/chat-core/src/offline/restore.ts', import.meta.url),
);

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

/** Resolved when so many more were acknowledged. */
const progress = async (clients: readonly TalkingClient[], more: number): Promise<void> => {
  const acks = (): number => clients.reduce((sum, client) => sum + client.acked.size, 0);
  const goal = acks() + more;
  await Promise.any(clients.map((client) => client.until(() => acks() >= goal)));
};

const backUp = async (system: System): Promise<{ name: string; events: number }> => {
  const answer = await system.admin('/v1/backups', { method: 'POST' });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { name: string; events: number };
};

test('a backup made while 20 clients talk, restored elsewhere: what was acked before is there, all resume with an honest gap and go on', async () => {
  await using system = await startSystem();
  const clients = Array.from({ length: 20 }, (_, n) =>
    n % 2 === 0
      ? new TalkingClient(`tcp${n}`, dialTcp(system.tcp.jsonPort))
      : new TalkingClient(`ws${n}`, dialWs(system.ws.port)),
  );
  await Promise.all(clients.map((client) => client.enter()));
  for (const client of clients) client.talk();
  await progress(clients, 500);
  const ackedBefore = clients.flatMap(({ acked }) => [...acked]);
  const { name, events } = await backUp(system);
  await progress(clients, 500);
  await finish(clients);
  const beyond = Math.max(...clients.map((client) => client.lastAcked));
  await system.core.kill();

  const elsewhere = join(system.folder, 'elsewhere');
  await promisify(execFile)(
    process.execPath,
    [restoreCommand, join(system.folder, 'backups', name)],
    { env: { PATH: process.env.PATH, PARTYLINE_DATA: elsewhere } },
  );
  await system.core.start({ PARTYLINE_DATA: elsewhere });
  const log = await readLog(system, 'lobby');
  expect(log.map((it) => it.seq)).toEqual(log.map((_, index) => index + 1));
  expect(log).toHaveLength(events);
  const numbers = new Map(log.map((it) => [it.id, it.seq]));
  expect(ackedBefore.filter(([id, seq]) => numbers.get(id) !== seq)).toEqual([]);
  expect(beyond).toBeGreaterThan(events);

  for (const client of clients) {
    await client.until(() => client.gaps.length > 0);
    expect(client.gaps).toMatchObject([{ room: 'lobby', from: beyond + 1, next: events + 1 }]);
    client.seen.length = 0;
    client.lastAcked = 0;
  }
  for (const client of clients) client.talk();
  await progress(clients, 200);
  await finish(clients);
  for (const client of clients) {
    const seqs = client.seen.map((it) => it.seq);
    expect(seqs).toEqual(seqs.map((_, index) => events + 1 + index));
    expect(client.breaks).toBe(0);
    client.close();
  }
}, 240_000);
