import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type System, startSystem } from '../system.ts';
import { commandOf, IrcClient } from './irc-client.ts';

/** What a client sends, and the commands and numerics that answer it, in order. */
type Row = readonly [sent: string | readonly string[], answered: string];

const huge = 'x'.repeat(500);

/** Of a client that has not come in. */
const atDoor: readonly Row[] = [
  ['PRIVMSG #lobby :too early', '451'],
  ['JOIN #lobby', '451'],
  ['WHATEVER', '451'],
  ['NICK', '431'],
  ['NICK :with space', '432'],
  ['NICK :', '431'],
  ['NICK #room', '432'],
  ['NICK a:b', '432'],
  [`NICK ${'n'.repeat(40)}`, '432'],
  ['NICK server', '432'],
  ['NICK nickserv', '432'],
  ['USER', '461'],
  ['USER a b c', '461'],
  ['PASS', '461'],
  ['PING', '409'],
  ['PING token', 'PONG'],
  ['PONG anything', ''],
  ['CAP', '461'],
  ['CAP WHAT', '410'],
  ['CAP LS', 'CAP'],
  ['CAP LIST', 'CAP'],
  ['CAP REQ :no-such-capability', 'CAP'],
  ['CAP REQ :server-time -server-time', 'CAP'],
  ['AUTHENTICATE', '461'],
  ['AUTHENTICATE DIGEST-MD5', '908 904'],
  [['AUTHENTICATE EXTERNAL', 'AUTHENTICATE +'], 'AUTHENTICATE 904'],
  ['AUTHENTICATE *', '906'],
  [['AUTHENTICATE PLAIN', 'AUTHENTICATE !!!!'], 'AUTHENTICATE 904'],
  [['AUTHENTICATE PLAIN', `AUTHENTICATE ${'A'.repeat(401)}`], 'AUTHENTICATE 905'],
  [['AUTHENTICATE PLAIN', 'AUTHENTICATE AHdobwB3cm9uZ3dyb25n'], 'AUTHENTICATE 904'],
  [`REGISTER * * ${huge}`, '417'],
  ['REGISTER * * secretsecret', 'NOTICE'],
  [`@${'t'.repeat(5_000)}=1 PING x`, '417'],
  [`PRIVMSG #lobby :${'x'.repeat(600)}`, '417'],
];

/** Of a client that has come in, with what is standard in replies. */
const inside: readonly Row[] = [
  ['NICK', '431'],
  ['NICK bob', '433'],
  ['NICK a!b', '432'],
  ['USER a b c d', '462'],
  ['PASS x', '462'],
  ['PRIVMSG', '411'],
  ['PRIVMSG #lobby', '412'],
  ['PRIVMSG #lobby :', '412'],
  ['PRIVMSG #lobby :\u0001', 'NOTICE'],
  ['PRIVMSG #lobby :\u0001VERSION\u0001', 'NOTICE'],
  ['NOTICE #lobby :\u0001VERSION\u0001', ''],
  ['PRIVMSG #lobby :hello', ''],
  ['PRIVMSG #lobby :\u0001ACTION waves\u0001', ''],
  ['PRIVMSG #lobby :\u0002\u0003', '412'],
  ['PRIVMSG #elsewhere :hello', '404'],
  ['PRIVMSG # :hello', '476'],
  ['PRIVMSG nobody :hello', '401'],
  ['PRIVMSG a!b :hello', '401'],
  ['PRIVMSG a,b,c,d,e :hello', '407'],
  // What is refused without asking chat-core is told at once.
  ['PRIVMSG nobody,#elsewhere :hello', '404 401'],
  ['NOTICE', '411'],
  ['NOTICE nobody :x', '401'],
  ['TAGMSG', '411'],
  ['TAGMSG #lobby', ''],
  ['@+typing=active TAGMSG #lobby', ''],
  ['@+typing=active TAGMSG #elsewhere', '404'],
  ['@+reply=99@lobby;+draft/react=:) TAGMSG #lobby', 'FAIL'],
  ['REDACT #lobby', '461'],
  ['REDACT #lobby nonsense', 'FAIL'],
  ['REDACT #lobby 99@lobby', 'FAIL'],
  ['REDACT #lobby 1@elsewhere', 'FAIL'],
  ['JOIN', '461'],
  ['JOIN lobby', '403'],
  ['JOIN #', '476'],
  ['JOIN #a!b', '476'],
  [`JOIN #${'r'.repeat(80)}`, '476'],
  ['JOIN #lobby', ''],
  ['JOIN #tea', 'JOIN 353 366'],
  ['JOIN #one,#two', 'JOIN 353 366 JOIN 353 366'],
  ['PART', '461'],
  ['PART #elsewhere', '442'],
  ['PART nowhere', '401'],
  ['PART #one,#two :enough', 'PART PART'],
  ['TOPIC', '461'],
  ['TOPIC #elsewhere', '442'],
  ['TOPIC #tea', '331'],
  ['NAMES', '366'],
  ['NAMES #elsewhere', '366'],
  ['NAMES #tea', '353 366'],
  ['LIST', '321 322 322 322 322 323'],
  ['LIST >1000', '321 323'],
  ['LIST #te*', '321 322 323'],
  ['LIST !#te*', '321 322 322 322 323'],
  [`LIST ${'*'.repeat(300)}`, '321 322 322 322 322 323'],
  [`LIST ${'*a'.repeat(200)}b`, '321 322 322 322 322 323'],
  ['WHO', '315'],
  ['WHO #elsewhere', '315'],
  ['WHO #tea', '352 315'],
  ['WHO bob', '352 315'],
  ['WHO nobody', '315'],
  ['WHO #tea %tcuihsnfdlaor,42', '354 315'],
  ['WHOIS', '431'],
  ['WHOIS bob', '311 319 312 317 318'],
  ['WHOIS irc.partyline bob', '311 319 312 317 318'],
  ['WHOIS nobody', '401 318'],
  ['WHOIS bob,nobody', '311 319 312 317 318 401 318'],
  ['WHOWAS', '431'],
  ['WHOWAS nobody', '406 369'],
  ['ISON', '461'],
  ['ISON bob nobody', '303'],
  ['USERHOST', '461'],
  ['USERHOST bob nobody', '302'],
  ['MONITOR', '461'],
  ['MONITOR X', '461'],
  ['MONITOR L', '733'],
  ['MONITOR S', ''],
  ['MONITOR + bob,nobody', '730 731'],
  ['MONITOR + a!b', ''],
  ['MONITOR L', '732 733'],
  ['MONITOR S', '730 731'],
  ['MONITOR - bob', ''],
  [`MONITOR + ${Array.from({ length: 100 }, (_, i) => `n${i}`).join(',')}`, '734 731'],
  ['MONITOR C', ''],
  ['MONITOR L', '733'],
  ['SETNAME', '461'],
  ['SETNAME :Ann', 'FAIL'],
  ['AWAY :at lunch', '306'],
  ['AWAY', '305'],
  ['INVITE', '461'],
  ['INVITE bob', '461'],
  ['INVITE bob #elsewhere', '442'],
  ['INVITE nobody #tea', '401'],
  ['INVITE bob #tea', '341'],
  ['KICK', '461'],
  ['KICK #tea', '461'],
  ['KICK #tea bob', '441'],
  ['KICK #tea nobody', '401'],
  ['KICK #elsewhere bob', '442'],
  ['KICK #lobby bob', '482'],
  ['KICK #tea a,b,c,d,e', '407'],
  ['MODE', '461'],
  ['MODE #tea', '324'],
  ['MODE #elsewhere', '442'],
  ['MODE #!', '403'],
  ['MODE #tea b', '368'],
  ['MODE #lobby b', '368'],
  ['MODE #tea +b', '368'],
  ['MODE #tea +o', '461'],
  ['MODE #tea +z', '472'],
  ['MODE #tea +m', 'MODE'],
  ['MODE #tea -m+i', 'MODE MODE'],
  ['MODE #tea -i', 'MODE'],
  ['MODE #tea +f ten', '696'],
  ['MODE #tea +f 10', 'MODE'],
  ['MODE #tea -f', 'MODE'],
  ['MODE #tea +nt', ''],
  ['MODE #tea +b eve!*@*', 'MODE'],
  ['MODE #tea b', '367 368'],
  ['MODE #tea -b eve!*@*', 'MODE'],
  ['MODE #tea -b eve!*@*', 'FAIL'],
  ['MODE #tea +b *!*@0.0.0.0/0', 'FAIL'],
  ['MODE #tea +o nobody', '401'],
  ['MODE #lobby +o bob', '482'],
  ['MODE ann', '221'],
  ['MODE ann +i', ''],
  ['MODE ann +Q', '501'],
  ['MODE bob +i', '502'],
  ['MODE nobody', '401'],
  ['CHATHISTORY', 'FAIL'],
  ['CHATHISTORY LATEST', 'FAIL'],
  ['CHATHISTORY LATEST #lobby', 'FAIL'],
  ['CHATHISTORY LATEST #lobby *', 'FAIL'],
  ['CHATHISTORY LATEST #lobby * 0', 'FAIL'],
  ['CHATHISTORY LATEST #lobby * -1', 'FAIL'],
  ['CHATHISTORY LATEST #lobby * many', 'FAIL'],
  ['CHATHISTORY SIDEWAYS #lobby * 10', 'FAIL'],
  ['CHATHISTORY LATEST #elsewhere * 10', 'FAIL'],
  ['CHATHISTORY LATEST nobody * 10', 'FAIL'],
  ['CHATHISTORY BEFORE #lobby timestamp=yesterday 10', 'FAIL'],
  ['CHATHISTORY BEFORE #lobby msgid=1@elsewhere 10', 'FAIL'],
  ['CHATHISTORY BEFORE #lobby * 10', 'FAIL'],
  ['CHATHISTORY BETWEEN #lobby msgid=1@lobby 10', 'FAIL'],
  ['CHATHISTORY LATEST #lobby * 1', 'BATCH PRIVMSG BATCH'],
  ['CHATHISTORY BEFORE #lobby msgid=1@lobby 10', 'BATCH BATCH'],
  ['CHATHISTORY AFTER #lobby timestamp=2001-01-01T00:00:00.000Z 1', 'BATCH PRIVMSG BATCH'],
  ['CHATHISTORY TARGETS', 'FAIL'],
  [
    'CHATHISTORY TARGETS timestamp=2001-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 10',
    'BATCH CHATHISTORY BATCH',
  ],
  ['MARKREAD', 'FAIL'],
  ['MARKREAD #lobby', 'MARKREAD'],
  ['MARKREAD #elsewhere', 'FAIL'],
  ['MARKREAD a!b', 'FAIL'],
  ['MARKREAD nobody', 'FAIL'],
  ['MARKREAD bob', 'MARKREAD'],
  ['MARKREAD #lobby *', 'FAIL'],
  ['MARKREAD #lobby timestamp=yesterday', 'FAIL'],
  ['MARKREAD #lobby timestamp=2001-01-01T00:00:00.000Z', 'FAIL'],
  ['MOTD', '375 372 372 376'],
  ['LUSERS', '251 254 255 265 266'],
  ['VERSION', '351 005 005'],
  ['INFO', '371 371 374'],
  ['TIME', '391'],
  ['ADMIN', '256 257'],
  ['LINKS', '364 365'],
  ['STATS', '219'],
  ['STATS u', '219'],
  ['HELP', '704 705 705 705 705 706'],
  ['HELP NOTHING', '524'],
  ['OPER a b', '491'],
  ['KILL bob :x', '481'],
  ['REHASH', '481'],
  ['PING', '409'],
  ['NONSENSE', '421'],
  [`${'N'.repeat(300)}`, '421'],
  ['AUTHENTICATE DIGEST-MD5', '908 904'],
  [['AUTHENTICATE EXTERNAL', 'AUTHENTICATE +'], 'AUTHENTICATE 904'],
  ['REGISTER other * secretsecret', 'FAIL'],
  ['REGISTER * * short', 'FAIL'],
  ['PRIVMSG NickServ :HELP', 'NOTICE NOTICE NOTICE NOTICE'],
  ['PRIVMSG NickServ :CERT', 'NOTICE NOTICE NOTICE NOTICE'],
  ['PRIVMSG NickServ :CERT LIST', 'NOTICE'],
  ['PRIVMSG NickServ :CERT ADD', 'NOTICE'],
  ['PRIVMSG NickServ :CERT DEL', 'NOTICE NOTICE NOTICE NOTICE'],
  ['PRIVMSG NickServ :DANCE', 'NOTICE'],
  ['PRIVMSG NickServ :REGISTER short', 'NOTICE'],
  ['PRIVMSG NickServ :IDENTIFY nobody wrongwrong', 'NOTICE'],
  [':somebody!else@x PRIVMSG', '411'],
  ['', ''],
  [':', ''],
  ['   ', ''],
  ['@a=b', ''],
  ['PRIVMSG #lobby :\u0000null', ''],
  ['PART #tea :bye', 'PART'],
];

describe('commands of IRC', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const commandsOf = (heard: readonly string[]): string => heard.map(commandOf).join(' ');

  const named = ([sent]: Row): string => [sent].flat().join(' ').slice(0, 80);
  const expected = (rows: readonly Row[]) => rows.map((row) => [named(row), row[1]]);

  test('are refused before a client has come in, but for those by which it comes in', async () => {
    const played: string[][] = [];
    for (const row of atDoor) {
      using client = await IrcClient.connect(system.ports.irc);
      played.push([named(row), commandsOf(await client.ask(...[row[0]].flat()))]);
    }
    expect(played).toEqual(expected(atDoor));
  });

  test('are answered by the numerics of the reference, and the connection goes on', async () => {
    using _bob = await IrcClient.enter(system.ports.irc, 'bob');
    using ann = await IrcClient.enter(
      system.ports.irc,
      'ann',
      'standard-replies batch draft/chathistory message-tags server-time',
    );
    const played: string[][] = [];
    for (const row of inside) {
      const lines = [row[0]].flat();
      const heard = await ann.ask(...lines);
      played.push([named(row), commandsOf(heard)]);
      for (const line of heard)
        expect(Buffer.byteLength(line.replace(/^@\S+ /, ''))).toBeLessThanOrEqual(510);
    }
    expect(played).toEqual(expected(inside));
    ann.send('QUIT :done');
    expect(commandsOf(await ann.until(/^ERROR/))).toBe('ERROR');
  });
});
