import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type System, startSystem } from '../system.ts';
import { IrcClient } from './irc-client.ts';
import { missing, Terminal } from './terminal.ts';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

/** A whole session of a client, of which every keystroke is waited for until it shows. */
const SESSION_MS = 90_000;

/** What clients show when a server says something that they don't understand, or turns them down. */
const complaint = /unknown|error|not enough|invalid|unexpected|can.?t|cannot|denied|refused/i;

const isThere = (...programs: readonly string[]): boolean => {
  const lacking = missing(...programs);
  if (lacking.length > 0) process.stderr.write(`skipped: ${lacking.join(', ')} not installed\n`);
  return lacking.length === 0;
};

describe('irssi', () => {
  test.runIf(isThere('tmux', 'irssi'))(
    'connects, joins, talks, sees history, reconnects, and has nothing to complain of',
    async () => {
      using ann = await IrcClient.enter(system.ports.irc, 'ann');
      ann.send('PRIVMSG #lobby :said before irssi came');
      const port = String(system.ports.irc);
      using irssi = await Terminal.start((home) => [
        ...['irssi', `--home=${home}`, '--nick=ivy', '--connect=127.0.0.1', `--port=${port}`],
      ]);
      await ann.until(/ivy\S* JOIN #lobby/);
      await irssi.shows(/Act: .*2/);
      await irssi.type('/window goto 2');
      await irssi.shows(/< ?ann> said before irssi came/);

      await irssi.type('hello from irssi');
      expect((await ann.until(/ PRIVMSG /)).at(-1)).toBe(
        ':ivy!ivy@partyline PRIVMSG #lobby :hello from irssi',
      );
      await irssi.type('/me waves');
      await ann.until(/:.ACTION waves.$/);
      ann.send('PRIVMSG #lobby :hello irssi, 你好');
      await irssi.shows(/< ?ann> hello irssi, 你好/);
      await irssi.type('/nick iris');
      await ann.until(/:ivy!ivy@partyline NICK :?iris/);
      await irssi.type('/topic Tea');
      await irssi.shows(/changed the topic of #lobby to: Tea/);
      await irssi.type('/names');
      await irssi.shows(/Total of 2 nicks/);
      await irssi.type('/join #den');
      await irssi.shows(/\[#den\(\+nt\)\]|#den\(\+nt\)/);
      await irssi.type('/window goto 1');
      expect(await irssi.shows(/Welcome to Partyline/)).not.toMatch(complaint);

      await irssi.type('/reconnect');
      await ann.until(/iris\S* QUIT/);
      await ann.until(/iris\S* JOIN #lobby/);
      await irssi.type('/window goto 2');
      await irssi.shows(/said before irssi came[\s\S]*hello from irssi[\s\S]*hello irssi, 你好/);
      await irssi.type('/quit see you');
      expect((await ann.until(/iris\S* QUIT/)).at(-1)).toMatch(/QUIT :Quit: see you$/);
    },
    SESSION_MS,
  );
});

describe('WeeChat', () => {
  test.runIf(isThere('tmux', 'weechat-curses'))(
    'connects, joins, talks, sees history, reconnects, and has nothing to complain of',
    async () => {
      using ann = await IrcClient.enter(system.ports.irc, 'anna');
      ann.send('PRIVMSG #lobby :said before WeeChat came');
      const server = `127.0.0.1/${system.ports.irc} -notls -nicks=wes -username=wes`;
      using weechat = await Terminal.start((home) => [
        ...['weechat-curses', '--dir', home],
        ...['--run-command', '/set irc.look.server_buffer independent'],
        ...['--run-command', '/set irc.server_default.capabilities "*"'],
        ...['--run-command', `/server add party ${server}`],
        ...['--run-command', '/connect party'],
      ]);
      await ann.until(/wes\S* JOIN #lobby/);
      await weechat.shows(/#lobby/);
      await weechat.type('/buffer #lobby');
      await weechat.shows(/anna \| said before WeeChat came/);

      await weechat.type('hello from WeeChat');
      expect((await ann.until(/ PRIVMSG /)).at(-1)).toBe(
        ':wes!wes@partyline PRIVMSG #lobby :hello from WeeChat',
      );
      await weechat.type('/me waves');
      await ann.until(/:.ACTION waves.$/);
      ann.send('PRIVMSG #lobby :hello WeeChat, 你好');
      await weechat.shows(/anna \| hello WeeChat, 你好/);
      await weechat.type('/nick wim');
      await ann.until(/:wes!wes@partyline NICK :?wim/);
      await weechat.type('/query anna psst');
      await ann.until(/:wim!wim@partyline PRIVMSG anna :psst/);
      await weechat.type('/buffer party');
      await weechat.type('/whois anna');
      expect(await weechat.shows(/End of \/WHOIS list/)).not.toMatch(complaint);

      await weechat.type('/reconnect party');
      await ann.until(/wim\S* QUIT/);
      await ann.until(/w\S+ JOIN #lobby/);
      await weechat.type('/buffer #lobby');
      await weechat.shows(/hello WeeChat, 你好[\s\S]*hello from WeeChat[\s\S]*hello WeeChat, 你好/);
      await weechat.type('/quit see you');
      expect((await ann.until(/ QUIT/)).at(-1)).toMatch(/QUIT :Quit: see you$/);
    },
    SESSION_MS,
  );
});
