import {
  brokenPromises,
  dialTcp,
  finish,
  freePorts,
  readLog,
  TalkingClient,
} from '@partyline/faults';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { composeOf, newProject } from './compose.ts';
import { docker } from './system.ts';

const [adminPort = 0, hooksPort = 0] = await freePorts(2);
const { compose, within } = composeOf(await newProject(`partyline-scale-${process.pid}`), {
  files: ['docker-compose.yml', 'infra/compose.scale.yml'],
  env: { PARTYLINE_PUBLISH_ADMIN: `${adminPort}`, PARTYLINE_PUBLISH_WEBHOOKS: `${hooksPort}` },
});
const MINUTES = 60_000;

let token: string;
beforeAll(() => {
  compose('up', '--wait', '--quiet-pull');
  token = within('chat-core', 'cat', '/secrets/admin/token').stdout.trim();
}, 5 * MINUTES);
afterAll(() => void compose('down', '--volumes', '--timeout', '10'), MINUTES);

const portOf = (service: string, port: number): number =>
  Number(compose('port', service, String(port)).split(':').at(-1));

const containersOf = (service: string): readonly string[] =>
  compose('ps', '--all', '--quiet', service).split('\n').filter(Boolean);

const admin = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${adminPort}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  });

type Instance = { readonly kind: string };

test('there are three of each, and all are one conversation', async () => {
  for (const service of ['chat-core', 'tcp-gateway', 'ws-gateway', 'http-static', 'dns-probe'])
    expect(containersOf(service)).toHaveLength(3);
  const { instances } = (await (await admin('/v1/instances')).json()) as { instances: Instance[] };
  const kinds = Map.groupBy(instances, (it) => it.kind);
  expect(kinds.get('tcp-gateway')).toHaveLength(3);
  expect(kinds.get('ws-gateway')).toHaveLength(3);
});

test(
  'each chat-core and Postgres are killed while clients talk: nothing acked is lost or doubled, and nobody is disconnected',
  async () => {
    onTestFailed(() => console.error(compose('logs', '--no-color', '--tail', '15')));
    const port = portOf('edge', 7002);
    const clients = Array.from({ length: 6 }, (_, n) => new TalkingClient(`c${n}`, dialTcp(port)));
    await Promise.all(clients.map((it) => it.enter()));
    for (const client of clients) client.talk();
    const acks = (): number => clients.reduce((sum, it) => sum + it.acked.size, 0);
    const progress = async (more: number): Promise<void> => {
      const goal = acks() + more;
      await vi.waitFor(() => expect(acks()).toBeGreaterThan(goal), { timeout: 90_000 });
    };
    for (const container of [...containersOf('chat-core'), ...containersOf('postgres')]) {
      await progress(20);
      docker('kill', container);
      // Without Postgres nothing is acknowledged; without one chat-core all goes on.
      if (containersOf('chat-core').includes(container)) await progress(20);
      docker('start', container);
      await progress(20);
    }
    await finish(clients);
    expect(brokenPromises(await readLog({ admin }, 'lobby'), clients)).toEqual([]);
    expect(clients.map((it) => it.breaks)).toEqual(clients.map(() => 0));
    for (const client of clients) client.close();
  },
  6 * MINUTES,
);
