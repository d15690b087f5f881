import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createBus } from '@partyline/bus';
import { createLog } from '@partyline/service';
import { ServiceProcess } from '@partyline/service/testing';
import { createLan, type Lan, lanMissing } from '@partyline/service/testing/lan';
import { expect, it } from 'vitest';

const missing = lanMissing();
if (missing !== undefined) process.stderr.write(`network.test.ts is left out: ${missing}\n`);

const program = (service: string) => new URL(`../../${service}/src/main.ts`, import.meta.url);
const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const token = 'the-bus-token-of-a-test';

/** A script on a host, and the lines of JSON that it wrote. */
const start = (parts: AsyncDisposableStack, lan: Lan, host: number, args: readonly string[]) => {
  const [command = '', ...rest] = [...lan.on(host), process.execPath, ...args];
  const child: ChildProcess = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) =>
    lines.push(JSON.parse(line)),
  );
  parts.defer(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  });
  return lines;
};

/** A line whose udp-discovery is on the first host of a LAN; chat-core is reached by its Unix socket. */
const startLine = async (
  parts: AsyncDisposableStack,
  hosts: number,
  settings: Readonly<Record<string, string>>,
  /** Where other services of the line say that they are. */
  endpoints: readonly string[] = [],
) => {
  const lan = parts.use(createLan(hosts));
  const folder = await mkdtemp(join(tmpdir(), 'partyline-lan-'));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  const url = `unix:${folder}/bus.sock`;
  parts.use(
    await ServiceProcess.start(program('chat-core'), {
      ...{ PARTYLINE_DATA: folder, PARTYLINE_BUS_TOKEN: token, PARTYLINE_ADMIN_PORT: '0' },
      PARTYLINE_ADMIN_TOKEN: 'the-admin-token-of-a-test',
    }),
  );
  const udp = await ServiceProcess.start(
    program('udp-discovery'),
    {
      ...{ PARTYLINE_BUS: url, PARTYLINE_BUS_TOKEN: token, PARTYLINE_NAME: 'Lab' },
      ...{ PARTYLINE_PUBLIC_HOST: lan.address(1), PARTYLINE_UDP_OPS_PORT: '0' },
      ...{ PARTYLINE_UDP_ANNOUNCE_MS: '300', PARTYLINE_UDP_MDNS: 'off', ...settings },
    },
    lan.on(1),
  );
  parts.use(udp);
  const bus = parts.use(
    createBus({
      ...{
        url,
        token,
        instance: 'trial-00000001',
        onLine: () => {},
        onLost: () => {},
        onReset: () => {},
      },
      log: createLog({ service: 'trial', instance: 'trial-00000001', level: 'fatal' }),
      hello: () => ({
        kind: 'trial',
        ...{ endpoints: [...endpoints], commands: [], sessions: [], rooms: [] },
      }),
    }),
  );
  const say = (room: string, text: string) =>
    bus.publish({
      ...{ id: `say ${text}`, session: 'trial-00000001' },
      command: { type: 'announce', room, text, nick: 'trial' },
    });
  return { lan, bus, say, udp };
};

it.skipIf(missing !== undefined)(
  'is heard by every other host, in every way there is',
  async () => {
    await using parts = new AsyncDisposableStack();
    const { lan } = await startLine(parts, 3, {});
    const ways = [
      ['255.255.255.255'],
      ['10.77.7.255'],
      ['239.77.7.1', 'group'],
      ['ff02::7077%eth0', 'group'],
      ['ff05::7077%eth0', 'group'],
    ];
    const heard = [2, 3].flatMap((host) =>
      ways.map((way) => start(parts, lan, host, [script('hear.ts'), ...way])),
    );
    for (const lines of heard)
      await expect
        .poll(() => lines.map((it) => JSON.parse(String(it.said))), { timeout: 30_000 })
        .toContainEqual(
          expect.objectContaining({
            ...{ type: 'partyline', name: 'Lab' },
            endpoints: expect.arrayContaining([`udp://${lan.address(1)}:7020`]),
          }),
        );
  },
  90_000,
);

it.skipIf(missing !== undefined)(
  'sends a feed that is whole and in order wherever it is heard, though 30 of 100 datagrams are lost',
  async () => {
    await using parts = new AsyncDisposableStack();
    const { lan, bus, say } = await startLine(parts, 3, {
      ...{ PARTYLINE_UDP_FEED: 'ops', PARTYLINE_UDP_ANSWERS_BURST: '1000' },
      ...{ PARTYLINE_UDP_ANSWERS_PER_SECOND: '1000' },
    });
    await say('ops', 'first');
    const { epoch } = await bus.events('ops', { after: 0, limit: 1 });
    const heard = start(parts, lan, 2, [script('receive.ts'), 'ops', epoch]);
    const relay = start(parts, lan, 3, [script('lossy-relay.ts'), '239.77.7.1', '7999']);
    const lossy = start(parts, lan, 3, [script('receive.ts'), 'ops', epoch, '127.0.0.1', '7999']);
    for (const lines of [heard, relay, lossy])
      await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(0);

    const EVENTS = 1_000;
    for (let i = 1; i < EVENTS; i += 50)
      await Promise.all(Array.from({ length: 50 }, (_, j) => say('ops', `${i + j}`)));
    const { head } = await bus.events('ops', { after: 0, limit: 1 });
    for (const lines of [heard, lossy]) {
      const seqs = () =>
        lines.flatMap((it) => (it.event as { seq: number } | undefined)?.seq ?? []);
      await expect.poll(() => seqs().length, { timeout: 60_000 }).toBe(head);
      expect(seqs()).toEqual(Array.from({ length: head }, (_, i) => i + 1));
      expect(lines.filter((it) => it.type === 'gap')).toEqual([]);
    }
  },
  150_000,
);

it.skipIf(missing !== undefined)(
  'is found by mDNS, with where its wires are, until it says goodbye',
  async () => {
    await using parts = new AsyncDisposableStack();
    const { lan, udp } = await startLine(parts, 2, { PARTYLINE_UDP_MDNS: 'on' }, [
      'json+tcp://10.77.7.1:7002',
      'irc+tcp://10.77.7.1:6667',
      'http://10.77.7.1:8080',
    ]);
    const heard = start(parts, lan, 2, [script('browse.ts'), lan.address(2)]);
    const records = { timeout: 30_000 };
    for (const [type, port] of [
      ['partyline', 7002],
      ['irc', 6667],
      ['http', 8080],
    ] as const) {
      const service = `Lab._${type}._tcp.local`;
      const found = expect.poll(() => heard, records);
      await found.toContainEqual(
        expect.objectContaining({ type: 'PTR', name: `_${type}._tcp.local`, data: service }),
      );
      await found.toContainEqual(
        expect.objectContaining({
          type: 'SRV',
          name: service,
          data: expect.objectContaining({ port }),
        }),
      );
    }
    const wires = 'wires=http:8080,irc+tcp:6667,json+tcp:7002,udp:7020';
    expect(heard).toContainEqual(
      expect.objectContaining({ type: 'TXT', data: expect.arrayContaining([wires]) }),
    );
    expect(heard).toContainEqual(expect.objectContaining({ type: 'A', data: lan.address(1) }));
    expect(heard.filter((it) => it.ttl === 0)).toEqual([]);

    expect(await udp.stop()).toBe(0);
    await expect
      .poll(() => heard, records)
      .toContainEqual(expect.objectContaining({ name: '_partyline._tcp.local', ttl: 0 }));
  },
  90_000,
);
