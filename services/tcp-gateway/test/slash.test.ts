import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from './client.ts';
import { IrcClient } from './irc/irc-client.ts';
import { start } from './service.ts';
import { type System, startSystem } from './system.ts';

let system: System;
const owned = new AsyncDisposableStack();
beforeAll(async () => {
  system = owned.use(await startSystem());
  const probe = owned.use(
    await start('dns-probe', {
      PARTYLINE_BUS: `unix:${system.folder}/bus.sock`,
      PARTYLINE_BUS_TOKEN: 'the-bus-token-of-a-test',
      PARTYLINE_DNS_PORT: '0',
      // Nobody is there: what the system says is enough.
      PARTYLINE_DNS_SERVERS: '127.0.0.1:1',
    }),
  );
  await probe.logged('the bus is up');
});
afterAll(() => owned.disposeAsync());

const answer = 'localhost system: 127.0.0.1';

test('a slash command of a service is answered in the room, whichever wire it comes by', async () => {
  using text = await Client.connect(system.ports.text);
  using json = await Client.connect(system.ports.json);
  using irc = await IrcClient.enter(system.ports.irc, 'cat');
  const told = async (client: Client): Promise<string> => {
    for (;;) {
      const line = await client.hear();
      if (line === undefined) throw new Error('the connection ended');
      if (line.includes(answer)) return line;
    }
  };
  text.say('ann');
  json.say('{"type":"login","nickname":"bob"}');
  const all = async (): Promise<void> => {
    expect(await told(text)).toContain(`dns:${answer}`);
    expect(JSON.parse(await told(json))).toMatchObject({ nickname: 'dns', card: { type: 'dns' } });
    const [line = ''] = (await irc.until(/localhost system/)).slice(-1);
    expect(line).toMatch(/^:dns!\S+ NOTICE #lobby :localhost system: 127/);
  };
  text.say('/dns localhost A');
  await all();
  json.say('{"type":"command","name":"dns","args":"localhost A"}');
  await all();
  irc.send('PRIVMSG #lobby :/dns localhost A');
  await all();
});

test('on IRC, one that nobody serves is refused, and other words that begin so are said', async () => {
  using irc = await IrcClient.enter(system.ports.irc, 'eve', 'echo-message');
  irc.send('PRIVMSG #lobby :/nobody knows');
  await irc.until(/Nobody serves \/nobody/);
  irc.send('PRIVMSG #lobby :/usr/bin/env is a path');
  await irc.until(/ PRIVMSG #lobby :\/usr\/bin\/env is a path$/);
});
