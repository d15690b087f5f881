import { Client } from './client.ts';
import type { System } from './system.ts';

/**
 * Plays what several clients say and gives the transcript back with what they really heard. It is
 * the same text when they heard what the transcript says, in their order, and nothing in between.
 *
 * ```
 * # a remark
 * + ann text      ann connects, to the port where text is spoken
 * ann> hello      ann says a line
 * bob< ann:hello  bob hears a line; `…` stands for whatever is different each time
 * ? 1             waits until strangers are told that 1 is online, which lags behind a little
 * - ann           the server ended ann's connection
 * x ann           ann's connection breaks
 * ```
 */
export const play = async (transcript: string, system: System): Promise<string> => {
  using connected = new DisposableStack();
  const clients = new Map<string, Client>();
  const named = (name: string): Client => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`nobody called ${name} has connected`);
    return client;
  };

  const step = async (line: string): Promise<string> => {
    const [, name = '', mark, said = ''] = /^(\w+)([<>]) ?(.*)$/.exec(line) ?? [];
    if (mark === '>') {
      named(name).say(said);
      return line;
    }
    if (mark === '<') return `${name}< ${alike(await named(name).hear(), said)}`;
    const [what, who = '', dialect] = line.split(' ');
    if (what === '+')
      clients.set(who, connected.use(await Client.connect(system.portOf(`${dialect}+tcp`))));
    if (what === '?') await untilGreeted(system, who);
    if (what === 'x') named(who).socket.resetAndDestroy();
    if (what === '-') {
      const heard = await named(who).hear();
      if (heard !== undefined) return `${who}< ${heard}`;
    }
    return line;
  };

  const played: string[] = [];
  for (const line of transcript.split('\n')) played.push(await step(line));
  return played.join('\n');
};

const untilGreeted = async (system: System, online: string): Promise<void> => {
  for (;;) {
    using stranger = await Client.connect(system.ports.text);
    const greeting = await stranger.hear();
    if (/\d+/.exec(greeting ?? '')?.[0] === online) return;
  }
};

/** What was heard, put as what was expected when it is that but for the parts left open. */
const alike = (heard: string | undefined, expected: string): string => {
  const parts = expected.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(heard ?? '') ? expected : String(heard);
};
