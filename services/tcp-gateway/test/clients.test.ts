import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { play } from './play.ts';
import { isInstalled } from './program.ts';
import { startSystem } from './system.ts';

const wires = [
  ...['text+tcp', 'json+tcp', 'raw+tcp', 'text+tls', 'json+tls', 'raw+tls'].map(
    (wire) => `${wire}://127.0.0.1:0`,
  ),
  'text+unix:text.sock',
];

test.for(['nc', 'nc-unix', 'telnet', 'socat', 'openssl', 'ncat'])(
  'a real client talks: %s',
  async (name, { skip }) => {
    const file = new URL(`clients/${name}.transcript`, import.meta.url);
    const transcript = readFileSync(file, 'utf8');
    const programs = [...transcript.matchAll(/^\+ \w+ \$ (\w+)/gm)].map(([, it = '']) => it);
    const missing = programs.filter((it) => !isInstalled(it));
    skip(missing.length > 0, `not installed: ${missing.join(', ')}`);
    await using system = await startSystem({ PARTYLINE_TCP_LISTENERS: wires.join(' ') });
    expect(await play(transcript, system)).toBe(transcript);
  },
);
