import { execFileSync, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { connect as connectTls } from 'node:tls';
import { fileURLToPath } from 'node:url';
import {
  afterAll,
  beforeAll,
  beforeEach,
  expect,
  onTestFailed,
  onTestFinished,
  test,
  vi,
} from 'vitest';

// The system in containers, as `docker compose up --build` brings it up, under a name and on ports
// of its own.

const root = fileURLToPath(new URL('..', import.meta.url));
const services = [
  'chat-core',
  'tcp-gateway',
  'ws-gateway',
  'udp-discovery',
  'dns-probe',
  'http-static',
];
const wires = [
  'TEXT',
  'JSON',
  'RAW',
  'TEXT_TLS',
  'JSON_TLS',
  'RAW_TLS',
  'WS',
  'WSS',
  'UDP',
  'DNS',
  'HTTP',
  'ADMIN',
  'WEBHOOKS',
];
const upMs = 15 * 60_000;
/** Looks at watched names are a few seconds apart, and more than one is needed. */
const waitMs = { timeout: 60_000, interval: 500 };

const environment = {
  ...process.env,
  COMPOSE_PROJECT_NAME: `partyline-test-${process.pid}`,
  PARTYLINE_DNS_WATCH_MS: '2000',
  // 0: the engine chooses a free port.
  ...Object.fromEntries(wires.map((wire) => [`PARTYLINE_PUBLISH_${wire}`, '0'])),
};

const compose = (...args: readonly string[]): string =>
  execFileSync('docker', ['compose', ...args], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();

/** What a command in a service's container came to. */
const within = (service: string, ...command: readonly string[]) =>
  spawnSync('docker', ['compose', 'exec', '-T', service, ...command], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });

/** The port of this machine that leads to a service's. */
const portOf = (service: string, port: number, protocol = 'tcp'): number =>
  Number(compose('port', '--protocol', protocol, service, String(port)).split(':').at(-1));

beforeAll(() => {
  compose('up', '--build', '--wait', '--quiet-pull');
}, upMs);

afterAll(() => {
  compose('down', '--volumes', '--timeout', '10');
}, 120_000);

// What the services said is gone with their containers.
beforeEach(() => {
  onTestFailed(() => console.error(compose('logs', '--no-color', '--tail', '30')));
});

/** A client of a line wire: what it was told so far, and a way to speak. */
const lineClient = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const told: string[] = [];
  createInterface({ input: socket }).on('line', (line) => told.push(line));
  await once(socket, 'connect');
  const waitFor = (text: string) =>
    vi.waitFor(() => expect(told.join('\n')).toContain(text), { timeout: 15_000 });
  return { say: (line: string) => void socket.write(`${line}\n`), waitFor };
};

const webSocketClient = async (port: number) => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, 'partyline.v1');
  onTestFinished(() => socket.close());
  const told: string[] = [];
  socket.addEventListener('message', ({ data }) => told.push(String(data)));
  await once(socket, 'open');
  const waitFor = (text: string) =>
    vi.waitFor(() => expect(told.join('\n')).toContain(text), { timeout: 15_000 });
  return { say: (message: object) => socket.send(JSON.stringify(message)), waitFor };
};

const admin = async (path: string): Promise<unknown> => {
  const token = within('chat-core', 'cat', '/secrets/admin/token').stdout.trim();
  const answer = await fetch(`http://127.0.0.1:${portOf('chat-core', 7300)}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  return answer.json();
};

test('text, JSON and WebSocket clients talk in one room, and the operator reads it', async () => {
  const text = await lineClient(portOf('tcp-gateway', 7001));
  const json = await lineClient(portOf('tcp-gateway', 7002));
  const socket = await webSocketClient(portOf('ws-gateway', 7010));
  text.say('ann');
  json.say('{"type":"login","nickname":"bob"}');
  await json.waitFor('"success":true');
  socket.say({ type: 'login', nickname: 'cat' });
  await socket.waitFor('"success":true');
  await vi.waitFor(
    async () => expect(JSON.stringify(await admin('/v1/sessions'))).toContain('"ann"'),
    { timeout: 15_000 },
  );
  text.say('hello from nc');
  await json.waitFor('hello from nc');
  await socket.waitFor('hello from nc');
  socket.say({ type: 'broadcast', message: 'hello from a page' });
  await text.waitFor('cat:hello from a page');
  const page = JSON.stringify(await admin('/v1/rooms/lobby/events?limit=20'));
  expect(page).toContain('hello from nc');
  expect(page).toContain('hello from a page');
});

test('TLS is spoken with a certificate that outlives its container', async () => {
  const fingerprint = async () => {
    const port = portOf('tcp-gateway', 7701);
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(15_000) });
    const shown = socket.getPeerX509Certificate()?.fingerprint256;
    socket.destroy();
    return shown;
  };
  const before = await fingerprint();
  compose('up', '--wait', '--force-recreate', '--no-deps', 'tcp-gateway');
  expect(await fingerprint()).toBe(before);
}, 120_000);

test('the page, the name probe and the discovery answer', async () => {
  const page = await fetch(`http://127.0.0.1:${portOf('http-static', 8080)}/`, {
    headers: { accept: 'text/html' },
  });
  expect(await page.text()).toContain('<title>');
  const probe = await fetch(`http://127.0.0.1:${portOf('dns-probe', 7030)}/probe?name=localhost`);
  expect(probe.status).toBe(200);
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.send('{"type":"discover"}', portOf('udp-discovery', 7020, 'udp'), '127.0.0.1');
  const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(15_000) });
  expect(String(answer)).toContain('"partyline"');
});

test('#ops is told when there are more of a service', async () => {
  const ops = async () => JSON.stringify(await admin('/v1/rooms/ops/events?limit=20'));
  const known = async () => {
    const { watches } = (await admin('/v1/watches')) as { watches: { name: string }[] };
    return watches.find((it) => it.name === 'ws-gateway');
  };
  await vi.waitFor(async () => expect(await known()).toHaveProperty('state'), waitMs);
  compose('up', '--wait', '--no-recreate', '--scale', 'ws-gateway=3');
  await vi.waitFor(
    async () => expect(await ops()).toMatch(/ws-gateway has changed: .* → .*addresses/),
    waitMs,
  );
  compose('up', '--wait', '--no-recreate');
}, 180_000);

test.for(services)('%s runs without rights, on a file system that it can not change', (service) => {
  expect(within(service, 'id', '-u').stdout.trim()).toBe('1000');
  expect(within(service, 'sh', '-c', 'echo > /app/x').stderr).toContain('Read-only file system');
  expect(within(service, 'grep', 'CapEff', '/proc/1/status').stdout).toContain('0000000000000000');
});

test('only chat-core has the token of the operator', () => {
  const holders = services.filter(
    (service) => within(service, 'cat', '/secrets/admin/token').status === 0,
  );
  expect(holders).toEqual(['chat-core']);
});

test('what was said is still there when chat-core was started anew', async () => {
  const json = await lineClient(portOf('tcp-gateway', 7002));
  json.say('{"type":"login","nickname":"dan"}');
  await json.waitFor('"success":true');
  json.say('{"type":"broadcast","message":"remember me","id":"1"}');
  await json.waitFor('"type":"ack"');
  compose('restart', 'chat-core');
  compose('up', '--wait', '--no-recreate');
  expect(JSON.stringify(await admin('/v1/rooms/lobby/events?limit=20'))).toContain('remember me');
  json.say('{"type":"broadcast","message":"still connected","id":"2"}');
  await json.waitFor('still connected');
}, 120_000);

test.for(services.toReversed())('%s stops with exit code 0 when it is told to', (service) => {
  compose('stop', service);
  const container = compose('ps', '--all', '--quiet', service);
  const state = execFileSync('docker', ['inspect', '--format', '{{.State.ExitCode}}', container]);
  expect(String(state).trim()).toBe('0');
});
