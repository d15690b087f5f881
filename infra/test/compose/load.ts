import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { finish, TalkingClient } from '../../../packages/faults/src/client.ts';
import { readLog } from '../../../packages/faults/src/log.ts';
import { brokenPromises } from '../../../packages/faults/src/verdict.ts';
import { dialTcp, dialWs } from '../../../packages/faults/src/wire.ts';
import { admin, portOf } from './system.ts';

/** Clients that are connected, and how many of them talk as fast as they are acknowledged. */
const CLIENTS = 200;
const TALKERS = 8;

/** Everybody who is there while something is done to the system. */
export type Load = {
  readonly tcp: readonly TalkingClient[];
  readonly ws: readonly TalkingClient[];
  /** Waits until so many more publishes of some clients were acknowledged. */
  progress(clients: readonly TalkingClient[], more?: number): Promise<void>;
  /** Lets everybody finish, and says how promises were broken. */
  verdict(): Promise<readonly string[]>;
};

/** Half of them by JSON over TCP, half by WebSocket, all through the edge and in the lobby. */
export const startLoad = async (): Promise<Load> => {
  // Of no other load, whose messages are in the log too.
  const group = randomBytes(3).toString('hex');
  const ports = { tcp: portOf('edge', 7002), ws: portOf('edge', 7010) };
  const some = (kind: 'tcp' | 'ws', dial: ReturnType<typeof dialTcp>) =>
    Array.from({ length: CLIENTS / 2 }, (_, n) => new TalkingClient(`${kind}-${group}-${n}`, dial));
  const tcp = some('tcp', dialTcp(ports.tcp));
  const ws = some('ws', dialWs(ports.ws));
  const all = [...tcp, ...ws];
  onTestFinished(() => {
    for (const client of all) client.close();
  });
  await Promise.all(all.map((client) => client.enter()));
  for (const kind of [tcp, ws]) for (const it of kind.slice(0, TALKERS / 2)) it.talk();
  return {
    tcp,
    ws,
    progress: async (clients, more = 50) => {
      const acks = (): number => clients.reduce((sum, client) => sum + client.acked.size, 0);
      const goal = acks() + more;
      await Promise.any(clients.map((client) => client.until(() => acks() >= goal)));
    },
    verdict: async () => {
      await finish(all);
      return brokenPromises(await readLog({ admin }, 'lobby'), all);
    },
  };
};

/** Does something to a service; whose connections broke meanwhile though they are not through it. */
export const whileClientsTalk = async (
  load: Load,
  service: string,
  act: () => void | Promise<void>,
): Promise<readonly string[]> => {
  const all = [...load.tcp, ...load.ws];
  const through: Record<string, readonly TalkingClient[]> = {
    edge: all,
    'tcp-gateway': load.tcp,
    'ws-gateway': load.ws,
  };
  const others = all.filter((it) => !(through[service] ?? []).includes(it));
  const before = new Map(others.map((it) => [it, it.breaks]));
  await load.progress(all);
  await act();
  await load.progress(through[service] ?? all);
  return others.filter((it) => it.breaks > (before.get(it) ?? 0)).map((it) => it.nick);
};
