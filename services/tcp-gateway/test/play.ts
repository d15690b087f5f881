import { setTimeout as pass } from 'node:timers/promises';
import { Client } from './client.ts';
import { Program } from './program.ts';
import type { System } from './system.ts';

/**
 * Plays what several clients say and gives the transcript back with what they really heard. It is
 * the same text when they heard what the transcript says, in their order, and nothing in between.
 *
 * ```
 * # a remark
 * + ann text      ann connects, to the port where text is spoken
 * + ann $ nc localhost {text+tcp}   ann is a real program; `{WIRE}` is its port, `{folder}` that of the data
 * ann> hello      ann says a line
 * bob< ann:hello  bob hears a line; `…` stands for whatever is different each time
 * ? 1             waits until strangers are told that 1 is online, which lags behind a little
 * - ann           the server ended ann's connection
 * . ann           ann says no more
 * x ann           ann's connection breaks
 * ```
 */
export const play = async (transcript: string, system: System): Promise<string> => {
  using connected = new DisposableStack();
  const clients = new Map<string, Client | Program>();
  const named = (name: string): Client | Program => {
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
    const [what, who = '', dialect, ...command] = line.split(' ');
    if (what === '+' && dialect !== '$')
      clients.set(who, connected.use(await Client.connect(system.portOf(`${dialect}+tcp`))));
    if (what === '?') await untilGreeted(system, who);
    if (what === '+' && dialect === '$')
      clients.set(who, connected.use(new Program(filled(command.join(' '), system))));
    if (what === '.') named(who).end();
    if (what === 'x') named(who).break();
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

/** A command with the ports and the folder that it names. */
const filled = (command: string, system: System): string =>
  command.replace(/\{(.+?)\}/g, (_, name: string) =>
    name === 'folder' ? system.folder : String(system.portOf(name)),
  );

/** Strangers who come as fast as they can keep a busy machine from what they wait for. */
const LOOK_AGAIN_MS = 50;

const untilGreeted = async (system: System, online: string): Promise<void> => {
  for (;;) {
    using stranger = await Client.connect(system.ports.text);
    const greeting = await stranger.hear();
    if (/\d+/.exec(greeting ?? '')?.[0] === online) return;
    await pass(LOOK_AGAIN_MS);
  }
};

/** What was heard, put as what was expected when it is that but for the parts left open. */
const alike = (heard: string | undefined, expected: string): string => {
  const parts = expected.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(heard ?? '') ? expected : String(heard);
};
