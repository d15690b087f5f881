import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  brokenPromises,
  dialTcp,
  dialWs,
  finish,
  readLog,
  type System,
  startSystem,
  TalkingClient,
} from '../src/index.ts';

const ROUNDS = 10;
const CLIENTS = 200;
const MINUTES = 60_000;

/** Half of the clients over TCP, half over WebSocket, all in the lobby. */
const enterAll = async (system: System): Promise<TalkingClient[]> => {
  const clients = Array.from({ length: CLIENTS }, (_, n) =>
    n % 2 === 0
      ? new TalkingClient(`tcp${n}`, dialTcp(system.tcp.jsonPort))
      : new TalkingClient(`ws${n}`, dialWs(system.ws.port)),
  );
  await Promise.all(clients.map((client) => client.enter()));
  return clients;
};

/** Waits until at least so many more publishes were acknowledged. */
const progress = async (clients: readonly TalkingClient[], more: number): Promise<void> => {
  const acks = (): number => clients.reduce((sum, client) => sum + client.acked.size, 0);
  const goal = acks() + more;
  await Promise.any(clients.map((client) => client.until(() => acks() >= goal)));
};

test(
  `chat-core is killed ${ROUNDS} times while ${CLIENTS} clients talk: nobody is disconnected, nothing acked is lost, doubled or out of order`,
  async () => {
    await using system = await startSystem();
    const clients = await enterAll(system);
    for (const client of clients) client.talk();
    for (let round = 0; round < ROUNDS; round++) {
      await progress(clients, 500);
      // A moment that no batch can foresee.
      await pass(Math.random() * 50);
      await system.core.kill();
      await system.core.start();
    }
    await progress(clients, 500);
    await finish(clients);
    expect(clients.filter((client) => client.breaks > 0).map((client) => client.nick)).toEqual([]);
    expect(brokenPromises(await readLog(system, 'lobby'), clients)).toEqual([]);
    for (const client of clients) client.close();
  },
  4 * MINUTES,
);

test(
  `a gateway is killed ${ROUNDS} times while ${CLIENTS} clients talk: its own resume without loss, those of the other notice nothing`,
  async () => {
    await using system = await startSystem();
    const clients = await enterAll(system);
    for (const client of clients) client.talk();
    for (let round = 0; round < ROUNDS; round++) {
      await progress(clients, 500);
      const victim = round % 2 === 0 ? system.tcp.process : system.ws.process;
      const others = clients.filter((client) =>
        client.nick.startsWith(round % 2 === 0 ? 'ws' : 'tcp'),
      );
      const before = others.map((client) => client.breaks);
      await victim.kill();
      await progress(others, 200);
      expect(others.map((client) => client.breaks)).toEqual(before);
      await victim.start();
    }
    await progress(clients, 500);
    await finish(clients);
    expect(brokenPromises(await readLog(system, 'lobby'), clients)).toEqual([]);
    for (const client of clients) client.close();
  },
  4 * MINUTES,
);
