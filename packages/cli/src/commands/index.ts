import { admin } from './admin.ts';
import { chat } from './chat.ts';
import type { Command } from './command.ts';
import { discover } from './discover.ts';
import { dns } from './dns.ts';
import { rooms } from './rooms.ts';
import { send } from './send.ts';
import { tail } from './tail.ts';
import { who } from './who.ts';

/** What is meant when no command is named. */
export { chat };

/** Every command, in the order in which help lists them. */
export const commands: Readonly<Record<string, Command>> = {
  send,
  tail,
  who,
  rooms,
  discover,
  dns,
  admin,
};
