import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, openCertificate } from '@partyline/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { type System, startSystem } from '../system.ts';
import { commandOf, IrcClient } from './irc-client.ts';

const listeners = ['irc+tls', 'irc+tcp', 'text+tls'].map((wire) => `${wire}://127.0.0.1:0`);
const log = createLog({ service: 'test', instance: 'test', level: 'silent' });
const folder = mkdtempSync(join(tmpdir(), 'partyline-certificates-'));

/** A certificate of a client's own, and its fingerprint as lists have it. */
const makeCertificate = async (name: string) => {
  const source = { type: 'own', file: join(folder, `${name}.pem`), hosts: [name] } as const;
  using made = await openCertificate({ source, log, everyMs: 60_000 });
  return { pair: made.pair, fingerprint: made.fingerprint.replaceAll(':', '').toLowerCase() };
};

let system: System;
beforeAll(async () => {
  system = await startSystem({ PARTYLINE_TCP_LISTENERS: listeners.join(' ') });
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

type Certified = Awaited<ReturnType<typeof makeCertificate>>;
const over = ({ pair }: Certified): Promise<IrcClient> =>
  IrcClient.connect(system.portOf('irc+tls'), { ...pair });
const come = (client: IrcClient, nick: string): void =>
  client.send(`NICK ${nick}`, `USER ${nick} 0 * :x`);
const notices = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.slice(line.indexOf(' :') + 2));
const external = async (client: IrcClient, answer = '+'): Promise<string> => {
  client.send('CAP REQ :sasl', 'AUTHENTICATE EXTERNAL');
  await client.until(/^AUTHENTICATE \+$/);
  client.send(`AUTHENTICATE ${answer}`);
  return (await client.until(/ 90[34] /)).map(commandOf).slice(-2).join(' ');
};

test('whoever shows a certificate that was added is let in without a password', async () => {
  const [mine, other] = [await makeCertificate('ann'), await makeCertificate('other')];
  using ann = await over(mine);
  come(ann, 'ann1');
  await ann.until(/ 366 /);
  expect(notices(await ann.ask('PRIVMSG NickServ :CERT ADD'))).toEqual([
    'That is kept for registered nicknames. Register yours first.',
  ]);
  await ann.ask('PRIVMSG NickServ :REGISTER secretsecret');
  expect(notices(await ann.ask('PRIVMSG NickServ :CERT LIST'))).toEqual([
    'You are known by no certificate.',
  ]);
  expect(notices(await ann.ask('PRIVMSG NickServ :CERT ADD'))).toEqual([
    expect.stringContaining(mine.fingerprint),
  ]);
  expect(await ann.ask('PRIVMSG NickServ :CERT ADD nonsense')).toEqual([
    expect.stringMatching(/64 hexadecimal digits/),
  ]);

  using phone = await over(mine);
  expect(await external(phone)).toBe('900 903');
  come(phone, 'whoever');
  phone.send('CAP END');
  expect((await phone.until(/ 001 /)).at(-1)).toContain(' 001 ann1 ');
  // Who shows another one, or none, proves nothing by it; nor does a name beside the right one.
  using stranger = await over(other);
  expect(await external(stranger)).toMatch(/904$/);
  using plain = await IrcClient.connect(system.portOf('irc+tcp'));
  expect(await external(plain)).toMatch(/904$/);
  using wrong = await over(mine);
  expect(await external(wrong, Buffer.from('bob').toString('base64'))).toMatch(/904$/);

  // Other dialects ask for nothing: the nick and the certificate are enough.
  using nc = await Client.connect(system.portOf('text+tls'), { ...mine.pair });
  await nc.hear();
  nc.say('ann1');
  nc.say('/who');
  const heard: (string | undefined)[] = [];
  while (heard.at(-1)?.startsWith('ann1') !== true && heard.length < 9) {
    heard.push(await nc.hear());
  }
  expect(heard.at(-1)).toMatch(/^ann1 .*registered/);
  using guest = await Client.connect(system.portOf('text+tls'), { ...other.pair });
  await guest.hear();
  guest.say('ann1');
  expect(await guest.hear()).toMatch(/is registered/);

  expect(notices(await ann.ask(`PRIVMSG NickServ :CERT DEL ${mine.fingerprint}`))).toEqual([
    'You are known by no certificate.',
  ]);
  using late = await over(mine);
  expect(await external(late)).toMatch(/904$/);
});

test('a certificate is one account’s, and is added by its fingerprint too', async () => {
  const { fingerprint } = await makeCertificate('laptop');
  const spelled = fingerprint.toUpperCase().replace(/..(?!$)/g, '$&:');
  using ann = await IrcClient.enter(system.portOf('irc+tcp'), 'ann2');
  using bob = await IrcClient.enter(system.portOf('irc+tcp'), 'bob2');
  for (const client of [ann, bob]) await client.ask('PRIVMSG NickServ :REGISTER secretsecret');
  expect(notices(await ann.ask('PRIVMSG NickServ :CERT ADD'))).toEqual([
    expect.stringMatching(/^You showed no certificate/),
  ]);
  expect(notices(await ann.ask(`PRIVMSG NickServ :CERT ADD ${spelled}`))).toEqual([
    expect.stringContaining(fingerprint),
  ]);
  expect(notices(await bob.ask(`PRIVMSG NickServ :CERT ADD ${spelled}`))).toEqual([
    'That certificate is another account’s.',
  ]);
  expect(notices(await bob.ask(`PRIVMSG NickServ :CERT DEL ${spelled}`))).toEqual([
    'That certificate is not known for this account.',
  ]);
});
