import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../client.ts';
import { type System, startSystem } from '../system.ts';
import { commandOf, IrcClient } from './irc-client.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const irc = (nick: string, caps = ''): Promise<IrcClient> =>
  IrcClient.enter(system.ports.irc, nick, caps);

/** The next line of somebody that fits. */
const heard = async (client: Client, pattern: RegExp): Promise<string> => {
  for (;;) {
    const line = await client.hear();
    if (line === undefined) throw new Error(`the connection ended before ${pattern}`);
    if (pattern.test(line)) return line;
  }
};

const last = async (client: IrcClient, pattern: RegExp): Promise<string> =>
  (await client.until(pattern)).at(-1) ?? '';

const untagged = (line: string): string => line.replace(/^@\S+ /, '');

describe('somebody on IRC', () => {
  test('talks with people on other wires, and hears them', async () => {
    using ann = await irc('ann1');
    using bob = await Client.connect(system.ports.json);
    bob.say('{"type":"login","nickname":"bob1"}');
    await heard(bob, /"login"/);
    expect(await last(ann, / JOIN /)).toBe(':bob1!bob1@partyline JOIN #lobby');
    ann.send('PRIVMSG #lobby :hi');
    expect(JSON.parse(await heard(bob, /"hi"/))).toMatchObject({ nickname: 'ann1', message: 'hi' });
    ann.send('PRIVMSG #lobby :\u0001ACTION waves\u0001');
    expect(JSON.parse(await heard(bob, /waves/))).toMatchObject({ kind: 'action' });
    ann.send('NOTICE #lobby :beware');
    expect(JSON.parse(await heard(bob, /beware/))).toMatchObject({ kind: 'notice' });
    ann.send('PRIVMSG #lobby :\u00034,1red\u000f and \u0002bold\u0002');
    expect(JSON.parse(await heard(bob, /red/))).toMatchObject({ message: 'red and bold' });

    bob.say('{"type":"broadcast","message":"one\\ntwo"}');
    const two = await ann.until(/ :two$/);
    expect(two.slice(-2)).toEqual([
      ':bob1!bob1@partyline PRIVMSG #lobby :one',
      ':bob1!bob1@partyline PRIVMSG #lobby :two',
    ]);
    bob.say('{"type":"p2p","to":"ann1","message":"psst"}');
    expect(await last(ann, /psst/)).toBe(':bob1!bob1@partyline PRIVMSG ann1 :psst');
    ann.send('PRIVMSG bob1 :what?');
    expect(JSON.parse(await heard(bob, /what/))).toMatchObject({ from: 'ann1', to: 'bob1' });
  });

  test('is shown a long text in lines that fit, cut between characters', async () => {
    using ann = await irc('ann2');
    using bob = await Client.connect(system.ports.json);
    bob.say('{"type":"login","nickname":"bob2"}');
    const text = '茶'.repeat(400);
    bob.say(JSON.stringify({ type: 'broadcast', message: text }));
    await heard(bob, /"broadcast"/);
    const parts = (await ann.rest()).filter((line) => line.includes(' PRIVMSG '));
    for (const line of parts) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(510);
    expect(parts.map((line) => line.slice(line.indexOf(' :') + 2)).join('')).toBe(text);
  });

  test('sees people come, change their nick, be away, part and go', async () => {
    using ann = await irc('ann3', 'away-notify extended-join');
    const bob = await irc('bob3');
    expect(await last(ann, / JOIN /)).toBe(':bob3!bob3@partyline JOIN #lobby * bob3');
    bob.send('NICK rob3');
    expect(await last(ann, / NICK /)).toBe(':bob3!bob3@partyline NICK rob3');
    bob.send('AWAY :tea', 'AWAY');
    expect(await last(ann, / AWAY /)).toBe(':rob3!rob3@partyline AWAY :tea');
    expect(await last(ann, / AWAY/)).toBe(':rob3!rob3@partyline AWAY');
    await ann.ask('JOIN #tea3');
    bob.send('JOIN #tea3', 'PART #tea3 :enough');
    expect(await last(ann, / PART /)).toBe(':rob3!rob3@partyline PART #tea3 :enough');
    bob.send('JOIN #tea3', 'QUIT :supper');
    expect(await last(ann, / QUIT/)).toBe(':rob3!rob3@partyline QUIT :Quit: supper');
    // Two rooms were shared, and yet one goodbye is told.
    expect((await ann.rest()).map(commandOf)).not.toContain('QUIT');
    bob[Symbol.dispose]();
  });

  test('is told who was there', async () => {
    using ann = await irc('ann19');
    const bob = await irc('bob19');
    bob.send('QUIT');
    await bob.until(/^ERROR/);
    bob[Symbol.dispose]();
    await last(ann, / QUIT/);
    const was = await ann.ask('WHOWAS Bob19');
    expect(was.map(commandOf)).toEqual(['314', '312', '369']);
    expect(was[1]).toMatch(/ 312 ann19 Bob19 irc\.partyline :.* GMT$/);
    expect((await ann.ask('WHOIS bob19')).map(commandOf)).toEqual(['401', '318']);
    expect(await ann.ask('ISON bob19')).toEqual([':irc.partyline 303 ann19 :']);
    // Somebody who goes by another nick has not left.
    await ann.ask('PRIVMSG NickServ :REGISTER secretsecret', 'NICK annie19');
    expect(await ann.ask('WHOIS ann19')).toContainEqual(expect.stringMatching(/ 311 \S+ annie19 /));
  });

  test('is told when those it monitors come and go, wherever they are', async () => {
    using ann = await irc('ann11');
    expect(await ann.ask('MONITOR + bob11')).toEqual([':irc.partyline 731 ann11 bob11']);
    const bob = await irc('bob11');
    expect(await last(ann, / 73[01] /)).toBe(':irc.partyline 730 ann11 bob11!bob11@partyline');
    bob.send('QUIT');
    await bob.until(/^ERROR/);
    expect(await last(ann, / 73[01] /)).toBe(':irc.partyline 731 ann11 bob11');
    bob[Symbol.dispose]();
    using rob = await irc('rob11');
    rob.send('NICK BOB11');
    expect(await last(ann, / 73[01] /)).toBe(':irc.partyline 730 ann11 BOB11!BOB11@partyline');
    rob.send('NICK rob11');
    expect(await last(ann, / 73[01] /)).toBe(':irc.partyline 731 ann11 BOB11');
    expect(await ann.ask('MONITOR S')).toContain(':irc.partyline 731 ann11 BOB11');
    // No longer.
    await ann.ask('MONITOR - bob11');
    await rob.ask('NICK BOB11');
    expect((await ann.rest()).map(commandOf)).not.toContain('730');
  });

  test('hears itself with the label that it gave, and in order', async () => {
    using ann = await irc('ann4', 'echo-message labeled-response batch message-tags server-time');
    ann.send('@label=one PRIVMSG #lobby :first', '@label=two PRIVMSG #lobby :second');
    const echoes = await ann.until(/second/);
    const [first = '', second = ''] = echoes.filter((line) => line.includes(' PRIVMSG '));
    expect(first).toMatch(/^@label=one;.*msgid=\d+@lobby.* PRIVMSG #lobby :first$/);
    expect(second).toMatch(/^@label=two;.* :second$/);
    expect(await ann.ask('@label=three PRIVMSG nobody :hm')).toEqual([
      '@label=three :irc.partyline 401 ann4 nobody :Nobody here is called nobody.',
    ]);
    expect(await ann.ask('@label=four TAGMSG #lobby')).toEqual(['@label=four :irc.partyline ACK']);
    const names = await ann.ask('@label=five NAMES #lobby');
    expect(names[0]).toMatch(/^@label=five :irc.partyline BATCH \+\S+ labeled-response$/);
    expect(names.slice(1, -1).every((line) => line.startsWith('@batch='))).toBe(true);
  });

  test('reacts, replies and takes back by the ids of messages', async () => {
    const caps = 'echo-message message-tags draft/message-redaction';
    using ann = await irc('ann5', caps);
    using bob = await irc('bob5', caps);
    using old = await irc('old5');
    ann.send('PRIVMSG #lobby :tea?');
    const id = /msgid=([^; ]+)/.exec(await last(ann, /tea\?/))?.[1] ?? '';
    bob.send(`@+reply=${id} PRIVMSG #lobby :yes`);
    expect(await last(ann, /:yes/)).toContain(`+reply=${id}`);
    bob.send(`@+reply=${id};+draft/react=👍 TAGMSG #lobby`);
    expect(await last(ann, / TAGMSG /)).toMatch(/\+draft\/react=👍.* TAGMSG #lobby$/);
    expect(await last(old, /reacts/)).toBe(
      ':bob5!bob5@partyline PRIVMSG #lobby :\u0001ACTION reacts to ann5 with 👍\u0001',
    );
    ann.send(`REDACT #lobby ${id}`);
    expect(untagged(await last(bob, / REDACT /))).toBe(`:ann5!ann5@partyline REDACT #lobby ${id}`);
    expect(await last(old, /took back/)).toMatch(/ NOTICE #lobby :took back what ann5 had said$/);
  });

  test('keeps a nick by NickServ, and comes back as it by SASL, by PASS or by IDENTIFY', async () => {
    using ann = await irc('ann6');
    ann.send('PRIVMSG NickServ :REGISTER secretsecret');
    expect(await last(ann, / 900 /)).toMatch(/ 900 ann6 .* :You are now logged in as ann6$/);
    ann.send('QUIT');
    await ann.until(/^ERROR/);

    using other = await IrcClient.connect(system.ports.irc);
    other.send('NICK ann6', 'USER a 0 * :a');
    expect(await last(other, / 43\d /)).toMatch(/ 433 \S+ ann6 :That nickname is registered/);

    using bySasl = await IrcClient.connect(system.ports.irc);
    const plain = Buffer.from('\0ann6\0secretsecret').toString('base64');
    bySasl.send('CAP REQ :sasl', 'NICK other6', 'USER a 0 * :a', 'AUTHENTICATE PLAIN');
    await bySasl.until(/^AUTHENTICATE \+$/);
    bySasl.send(`AUTHENTICATE ${plain}`);
    expect((await bySasl.until(/ 90[34] /)).map(commandOf).slice(-2)).toEqual(['900', '903']);
    bySasl.send('CAP END');
    expect(await last(bySasl, / 001 /)).toBe(
      ':irc.partyline 001 ann6 :Welcome to Partyline, ann6.',
    );

    using byPass = await IrcClient.connect(system.ports.irc);
    byPass.send('PASS secretsecret', 'NICK ann6', 'USER a 0 * :a');
    expect(await last(byPass, / 001 /)).toContain(' 001 ann6 ');

    using wrong = await IrcClient.connect(system.ports.irc);
    wrong.send('PASS ann6:wrongwrong', 'NICK x6', 'USER a 0 * :a');
    expect((await wrong.until(/^ERROR/)).map(commandOf)).toEqual(['464', 'ERROR']);

    using guest = await irc('guest6');
    guest.send('PRIVMSG NickServ :IDENTIFY ann6 secretsecret');
    expect((await guest.until(/ 900 /)).map(commandOf)).toContain('NICK');
  });

  test('runs a room by modes, that all in it are told', async () => {
    using ann = await irc('ann7');
    using bob = await irc('bob7');
    await ann.ask('JOIN #den7');
    await bob.ask('JOIN #den7');
    await ann.until(/ JOIN #den7/);
    ann.send('MODE #den7 +o bob7');
    expect(await last(bob, / MODE /)).toBe(':ann7!ann7@partyline MODE #den7 +o-q bob7 bob7');
    expect(await ann.ask('NAMES #den7')).toContain(':irc.partyline 353 ann7 = #den7 :~ann7 @bob7');
    ann.send('MODE #den7 +m', 'MODE #den7 -o bob7');
    expect(await last(bob, /\+m/)).toBe(':ann7!ann7@partyline MODE #den7 +m');
    await bob.until(/ -oq /);
    expect((await bob.ask('PRIVMSG #den7 :may I?')).map(commandOf)).toEqual(['404']);
    ann.send('KICK #den7 bob7 :out');
    expect(await last(bob, / KICK /)).toMatch(/ KICK #den7 bob7 :out$/);
    expect(await last(ann, / KICK /)).toBe(':ann7!ann7@partyline KICK #den7 bob7 :out');
    await ann.ask('MODE #den7 +b *!bob7@partyline');
    expect((await bob.ask('JOIN #den7')).map(commandOf)).toEqual(['474']);
    await ann.ask('MODE #den7 -b bob7', 'MODE #den7 +i');
    expect((await bob.ask('JOIN #den7')).map(commandOf)).toEqual(['473']);
    ann.send('INVITE bob7 #den7');
    expect(await last(bob, / INVITE /)).toBe(':ann7!ann7@partyline INVITE bob7 #den7');
    expect((await bob.ask('JOIN #den7')).map(commandOf).slice(0, 1)).toEqual(['JOIN']);
  });
});

describe('who is in a room with caps for it', () => {
  test('is told who is invited, and who is known to be whom by now', async () => {
    using ann = await irc('ann14', 'account-notify account-tag extended-join invite-notify');
    using bob = await irc('bob14');
    using eve = await irc('eve14');
    await ann.ask('JOIN #den14', 'MODE #den14 +i');
    await ann.ask('INVITE bob14 #den14');
    await bob.ask('JOIN #den14');
    using ivy = await irc('ivy14', 'invite-notify');
    await ann.ask('INVITE ivy14 #den14');
    await ivy.ask('JOIN #den14');
    ann.send('INVITE eve14 #den14');
    expect(await last(ivy, / INVITE eve14/)).toBe(':ann14!ann14@partyline INVITE eve14 #den14');
    expect((await bob.rest()).map(commandOf)).not.toContain('INVITE');
    expect(await last(eve, / INVITE /)).toBe(':ann14!ann14@partyline INVITE eve14 #den14');

    bob.send('PRIVMSG NickServ :REGISTER secretsecret');
    expect(await last(ann, / ACCOUNT /)).toBe(':bob14!bob14@partyline ACCOUNT bob14');
    bob.send('NICK rob14', 'PRIVMSG #den14 :hi');
    expect(await last(ann, / PRIVMSG /)).toBe(
      '@account=bob14 :rob14!rob14@partyline PRIVMSG #den14 :hi',
    );
    bob.send('PART #den14', 'JOIN #den14');
    expect(await last(ann, / JOIN /)).toBe(':rob14!rob14@partyline JOIN #den14 bob14 rob14');
    const whois = await ann.ask('WHOIS rob14');
    expect(whois).toContain(':irc.partyline 330 ann14 rob14 bob14 :is logged in as');
    expect(await ann.ask('WHO rob14 %na')).toContain(':irc.partyline 354 ann14 rob14 bob14');
    expect(await ivy.ask('WHOIS ann14')).toContain(
      ':irc.partyline 319 ivy14 ann14 :~#den14 #lobby',
    );
  });

  test('is told what somebody is called besides the nick', async () => {
    using ann = await irc('ann18', 'extended-join setname');
    using bob = await IrcClient.connect(system.ports.irc);
    bob.send('NICK bob18', 'USER bob18 0 * :Bob Bee');
    await bob.until(/ 366 /);
    expect(await last(ann, / SETNAME /)).toBe(':bob18!bob18@partyline SETNAME :Bob Bee');
    bob.send('SETNAME :Bob  B.', 'PART #lobby', 'JOIN #lobby');
    expect(await last(ann, / SETNAME /)).toBe(':bob18!bob18@partyline SETNAME :Bob B.');
    expect(await last(ann, / JOIN /)).toBe(':bob18!bob18@partyline JOIN #lobby * :Bob B.');
    expect(await ann.ask('WHOIS bob18')).toContain(
      ':irc.partyline 311 ann18 bob18 bob18 partyline * :Bob B.',
    );
    expect(await ann.ask('WHO bob18')).toContainEqual(expect.stringMatching(/:0 Bob B\.$/));
    expect(await ann.ask('SETNAME :Ann Bee')).toEqual([':ann18!ann18@partyline SETNAME :Ann Bee']);
  });

  test('is told who set the topic, and when', async () => {
    using ann = await irc('ann15');
    using bob = await irc('bob15');
    await ann.ask('JOIN #tea15');
    const before = Math.floor(Date.now() / 1_000);
    await ann.ask('TOPIC #tea15 :green');
    const [, who, at] =
      /333 bob15 #tea15 (\S+) (\d+)/.exec((await bob.ask('JOIN #tea15')).join('\n')) ?? [];
    expect(who).toBe('ann15!ann15@partyline');
    expect(Number(at)).toBeGreaterThanOrEqual(before);
    expect((await bob.ask('TOPIC #tea15')).map(commandOf)).toEqual(['332', '333']);
  });
});

describe('how far somebody has read', () => {
  const caps = 'draft/read-marker message-tags server-time echo-message standard-replies';
  const timeOf = (line: string): string => /time=([^; ]+)/.exec(line)?.[1] ?? '';

  test('is told on joining, by whoever reads on, and to every session of the account', async () => {
    using ann = await irc('ann17', caps);
    expect(await ann.ask('JOIN #log17')).toContain(':irc.partyline MARKREAD #log17 *');
    expect(await ann.ask('MARKREAD #log17 timestamp=2001-01-01T00:00:00.000Z')).toEqual([
      expect.stringMatching(/ FAIL MARKREAD ACCOUNT_REQUIRED #log17 :/),
    ]);
    await ann.ask('PRIVMSG NickServ :REGISTER secretsecret', 'PRIVMSG #log17 :one');
    ann.send('PRIVMSG #log17 :two');
    const time = timeOf(await last(ann, / :two$/));
    const marked = `:irc.partyline MARKREAD #log17 timestamp=${time}`;

    using phone = await IrcClient.connect(system.ports.irc);
    phone.send(`CAP REQ :${caps}`, 'PASS secretsecret', 'NICK ann17', 'USER a 0 * :a', 'CAP END');
    await phone.until(/ 366 /);
    await phone.ask('JOIN #log17');
    expect(await ann.ask(`MARKREAD #log17 timestamp=${time}`)).toEqual([marked]);
    expect(await last(phone, / MARKREAD /)).toBe(marked);
    // Less than that is answered with what stands.
    expect(await phone.ask('MARKREAD #log17 timestamp=2001-01-01T00:00:00.000Z')).toEqual([marked]);
    expect(await phone.ask('MARKREAD #log17')).toEqual([marked]);
    const again = await phone.ask('PART #log17', 'JOIN #log17');
    expect(again.map(commandOf).slice(0, 5)).toEqual(['PART', 'JOIN', 'MARKREAD', '353', '366']);
    expect(again).toContain(marked);
    expect((await ann.rest()).map(commandOf)).not.toContain('MARKREAD');

    using bob = await Client.connect(system.ports.json);
    bob.say('{"type":"login","nickname":"bob17"}');
    await heard(bob, /"login"/);
    bob.say('{"type":"p2p","to":"ann17","message":"psst"}');
    const said = timeOf(await last(ann, /psst/));
    expect(await ann.ask('MARKREAD bob17')).toEqual([':irc.partyline MARKREAD bob17 *']);
    ann.send(`MARKREAD BOB17 timestamp=${said}`);
    expect(await last(phone, / MARKREAD /)).toBe(`:irc.partyline MARKREAD bob17 timestamp=${said}`);
    using web = await Client.connect(system.ports.json);
    web.say('{"type":"login","nickname":"ann17","password":"secretsecret"}');
    await heard(web, /"login"/);
    web.say('{"type":"markers"}');
    const { markers } = JSON.parse(await heard(web, /"markers"/));
    expect(markers).toMatchObject([
      { room: 'log17', seq: 2 },
      { seq: 1, at: Date.parse(said) },
    ]);
  });
});

test('whoever says QUIT and ends its side is told goodbye', async () => {
  const brief = connect({ port: system.ports.irc, allowHalfOpen: true });
  brief.end('NICK zoe16\r\nUSER zoe16 0 * :z\r\nQUIT :done\r\n');
  expect((await text(brief)).trimEnd().split('\r\n').at(-1)).toBe(
    'ERROR :Closing Link: zoe16 (Goodbye.)',
  );
});

test('a line that is none is answered on IRC, and the next one is heard', async () => {
  using ann = await irc('ann12', 'standard-replies');
  using raw = await Client.connect(system.ports.irc);
  raw.say('NICK bob12');
  raw.say('USER bob12 0 * :b');
  await heard(raw, / 366 /);
  raw.socket.write(Buffer.from('PRIVMSG #lobby :caf\xe9\r\n', 'latin1'));
  expect(await heard(raw, / NOTICE bob12 /)).toBe(
    ':irc.partyline NOTICE bob12 :That was not valid UTF-8.',
  );
  raw.say(`PRIVMSG #lobby :${'x'.repeat(9_000)}`);
  expect(await heard(raw, / 417 /)).toMatch(/ 417 bob12 :Input line was too long/);
  raw.say('PRIVMSG #lobby :café');
  expect(await last(ann, /caf/)).toBe(':bob12!bob12@partyline PRIVMSG #lobby :café');
});

describe('history on IRC', () => {
  const texts = (lines: readonly string[]): readonly string[] =>
    lines
      .filter((line) => line.includes(' PRIVMSG '))
      .map((line) => line.slice(line.lastIndexOf(':') + 1));

  test('is asked for by ids and by times, in every way there is', async () => {
    const caps = 'batch draft/chathistory message-tags server-time standard-replies';
    using ann = await irc('ann8', `${caps} echo-message`);
    await ann.ask('JOIN #log8');
    for (const text of ['a', 'b', 'c', 'd', 'e']) ann.send(`PRIVMSG #log8 :${text}`);
    await ann.until(/ :e$/);
    using bob = await irc('bob8', caps);
    await bob.ask('JOIN #log8');
    const ask = async (asked: string): Promise<string> =>
      texts(await bob.ask(`CHATHISTORY ${asked}`)).join('');
    expect(await ask('LATEST #log8 * 3')).toBe('cde');
    expect(await ask('LATEST #log8 msgid=3@log8 10')).toBe('de');
    expect(await ask('BEFORE #log8 msgid=3@log8 10')).toBe('ab');
    expect(await ask('BEFORE #log8 msgid=3@log8 1')).toBe('b');
    expect(await ask('AFTER #log8 msgid=3@log8 10')).toBe('de');
    expect(await ask('AFTER #log8 msgid=1@log8 2')).toBe('bc');
    expect(await ask('AROUND #log8 msgid=3@log8 3')).toContain('c');
    expect(await ask('BETWEEN #log8 msgid=1@log8 msgid=5@log8 10')).toBe('bcd');
    expect(await ask('BETWEEN #log8 msgid=5@log8 msgid=1@log8 2')).toBe('cd');
    expect(await ask('AFTER #log8 timestamp=2001-01-01T00:00:00.000Z 10')).toBe('abcde');
    expect(await ask('BEFORE #log8 timestamp=2100-01-01T00:00:00.000Z 2')).toBe('de');
    expect(await ask('BEFORE #log8 timestamp=2001-01-01T00:00:00.000Z 2')).toBe('');
    const [begin = '', , end = ''] = await bob.ask('CHATHISTORY LATEST #log8 * 1');
    expect(begin).toMatch(/ BATCH \+\S+ chathistory #log8$/);
    expect(end).toMatch(/ BATCH -\S+$/);

    ann.send('PRIVMSG bob8 :between us');
    await bob.until(/between us/);
    expect(await ask('LATEST ann8 * 10')).toBe('between us');
    const targets = await bob.ask(
      'CHATHISTORY TARGETS timestamp=2001-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 9',
    );
    expect(targets.join('\n')).toMatch(/CHATHISTORY TARGETS #log8 \d{4}.*\n.*TARGETS ann8 \d{4}/);
  });

  test('is shown to clients that can’t ask for it, dated if they know no times', async () => {
    using ann = await irc('ann9', 'echo-message');
    await ann.ask('JOIN #log9');
    ann.send('PRIVMSG #log9 :earlier');
    await ann.until(/earlier/);
    using old = await irc('old9');
    expect(await old.ask('JOIN #log9')).toContainEqual(
      expect.stringMatching(
        /^:ann9!ann9@partyline PRIVMSG #log9 :\[\d{4}-\d\d-\d\d \d\d:\d\dZ\] earlier$/,
      ),
    );
    using newer = await irc('new9', 'server-time');
    expect(await newer.ask('JOIN #log9')).toContainEqual(
      expect.stringMatching(/^@time=\S+ :ann9!ann9@partyline PRIVMSG #log9 :earlier$/),
    );
  });
});
