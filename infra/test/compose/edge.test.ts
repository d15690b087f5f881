import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as SecureWebSocket } from 'ws';
import { lineClient } from './clients.ts';
import { asked, compose, containersOf, docker, portOf, showLogsOfFailures } from './system.ts';

showLogsOfFailures();

type Session = { readonly nick: string; readonly address: string; readonly wire: string };

const sessionOf = async (nick: string): Promise<Session> => {
  const { sessions } = JSON.parse(await asked('/v1/sessions')) as { sessions: Session[] };
  const session = sessions.find((it) => it.nick === nick);
  if (session === undefined) throw new Error(`${nick} is not there`);
  return session;
};

/** By which address this machine comes to published ports: the router's of their network. */
const ownAddress = (): string => {
  const [edge = ''] = containersOf('edge');
  const networks: Record<string, { Gateway: string }> = JSON.parse(
    docker('inspect', '--format', '{{json .NetworkSettings.Networks}}', edge),
  );
  return Object.entries(networks).find(([name]) => name.endsWith('_front'))?.[1].Gateway ?? '';
};

/** A WebSocket whose server shows a certificate of its own making. */
const secureWebSocket = async (url: string, nick: string): Promise<void> => {
  const socket = new SecureWebSocket(url, 'partyline.v1', { rejectUnauthorized: false });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'login', nickname: nick }));
  await once(socket, 'message');
};

test('gateways know clients by their own addresses, and by whether they speak TLS', async () => {
  const address = ownAddress();
  const json = await lineClient(portOf('edge', 7002));
  json.say('{"type":"login","nickname":"eve"}');
  await json.waitFor('"success":true');
  expect(await sessionOf('eve')).toMatchObject({ address, wire: 'json+tcp' });
  for (const [nick, place] of [
    ['fay', `wss://127.0.0.1:${portOf('edge', 7710)}/`],
    ['gus', `wss://127.0.0.1:${portOf('edge', 8443)}/ws`],
  ] as const) {
    await secureWebSocket(place, nick);
    expect(await sessionOf(nick)).toMatchObject({ address, wire: 'json+wss' });
  }
});

test('clients are told of the wires that the edge publishes, of TLS too', async () => {
  const told = await asked('/v1/instances');
  for (const url of ['text+tls://localhost:7701', 'ws://localhost:7010', 'wss://localhost:7710'])
    expect(told).toContain(`"${url}"`);
});

test('metrics of gateways are for those who run them', async () => {
  for (const port of [8080, 7010, 7030])
    expect((await fetch(`http://127.0.0.1:${portOf('edge', port)}/metrics`)).status).toBe(404);
  const own = await fetch(`http://127.0.0.1:${portOf('edge', 8404)}/metrics`);
  expect(await own.text()).toContain('haproxy_server_status{proxy="tcp-gateway",server="tcp1"');
});

test('one certificate is shown on every wire of TLS, and outlives the containers', async () => {
  const shown = async (port: number): Promise<string | undefined> => {
    const socket = connectTls({
      port: portOf('edge', port),
      host: '127.0.0.1',
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(15_000) });
    onTestFinished(() => void socket.destroy());
    return socket.getPeerX509Certificate()?.fingerprint256;
  };
  const before = await shown(7701);
  expect(before).toBeDefined();
  for (const port of [7702, 7703, 6697, 7710, 8443]) expect(await shown(port)).toBe(before);
  compose('up', '--wait', '--force-recreate', '--no-deps', 'edge', 'tcp-gateway');
  await vi.waitFor(async () => expect(await shown(7701)).toBe(before), { timeout: 15_000 });
  expect(await shown(8443)).toBe(before);
});
