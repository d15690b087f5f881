import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { json, text } from 'node:stream/consumers';
import type { InstanceInfo } from '@partyline/protocol';
import { describe, expect, test, vi } from 'vitest';
import { Client } from './client.ts';
import { fail } from './service.ts';
import { startSystem } from './system.ts';

const settings = {
  PARTYLINE_BUS: 'unix:/nonexistent/bus.sock',
  PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
  PARTYLINE_TCP_OPS_PORT: '0',
};

/** The instances that the bus knows. */
const instances = async (folder: string) => {
  const asked = request({
    socketPath: `${folder}/bus.sock`,
    path: '/bus/v1/instances',
    headers: { authorization: `Bearer ${settings.PARTYLINE_BUS_TOKEN}` },
  }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return ((await json(answer)) as { instances: InstanceInfo[] }).instances;
};

describe('tcp-gateway', () => {
  test('tells chat-core where clients reach it', async () => {
    await using system = await startSystem({ PARTYLINE_PUBLIC_HOST: 'chat.example' });
    await vi.waitFor(async () => {
      const [instance] = await instances(system.folder);
      expect(instance?.endpoints).toContain(`json+tcp://127.0.0.1:${system.ports.json}`);
    }, 20_000);
  });

  test('says goodbye on each wire when it is stopped, and exits with 0', async () => {
    await using system = await startSystem();
    using person = await Client.connect(system.ports.text);
    using program = await Client.connect(system.ports.json);
    expect(await person.hear()).toMatch('Welcome');
    program.say('{"type":"login","nickname":"x"}');
    expect(await program.hear()).toMatch('"success":true');
    const stopped = system.gateway.stop();
    expect(await person.hear()).toBe('The server is restarting. Come back in a moment.');
    expect(await person.hear()).toBeUndefined();
    expect(await program.hear()).toMatch(/"type":"close","code":"shutdown".*"resume":true/);
    expect(await program.hear()).toBeUndefined();
    expect(await stopped).toBe(0);
  });

  test('carries out what a client said before it ended its side', async () => {
    await using system = await startSystem();
    using listener = await Client.connect(system.ports.json);
    listener.say('{"type":"login","nickname":"listener"}');
    expect(await listener.hear()).toMatch('"success":true');
    using brief = await Client.connect(system.ports.text);
    const heard = text(brief.socket);
    brief.socket.end('x\nhello\n/rooms\nlast words');
    expect(await heard).toMatch(
      /^Welcome, \d online. Choose a nickname:\r\nRooms:\r\n#lobby \(2\)\r\n$/,
    );
    const told = [
      await listener.hear(),
      await listener.hear(),
      await listener.hear(),
      await listener.hear(),
    ];
    expect(told.map((it) => JSON.parse(it ?? '{}').message)).toEqual([
      'x joined. Online: 2',
      'hello',
      'last words',
      'x left. Online: 1',
    ]);
  });

  test('names the setting when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const failed = await fail('tcp-gateway', {
      ...settings,
      PARTYLINE_TCP_LISTENERS: `text+tcp://127.0.0.1:${port}`,
    });
    other.close();
    expect(failed.code).toBe(1);
    expect(failed.said).toMatch(`Port ${port}`);
    expect(failed.said).toMatch('PARTYLINE_TCP_LISTENERS');
  });

  test('names the setting that makes no sense', async () => {
    const failed = await fail('tcp-gateway', {
      ...settings,
      PARTYLINE_TCP_LISTENERS: 'telnet://*:23',
    });
    expect(failed.code).toBe(78);
    expect(failed.said).toMatch('PARTYLINE_TCP_LISTENERS is "telnet://*:23": it must be');
  });
});
