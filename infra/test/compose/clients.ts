import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, vi } from 'vitest';

/** Resolved when what was told so far has a text. */
const waitIn = (told: readonly string[]) => (text: string) =>
  vi.waitFor(() => expect(told.join('\n')).toContain(text), { timeout: 15_000 });

/** A client of a line wire: what it was told so far, and a way to speak. */
export const lineClient = async (port: number) => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const told: string[] = [];
  createInterface({ input: socket }).on('line', (line) => told.push(line));
  await once(socket, 'connect');
  return { say: (line: string) => void socket.write(`${line}\n`), waitFor: waitIn(told) };
};

/** A client of `partyline.v1`. */
export const webSocketClient = async (url: string) => {
  const socket = new WebSocket(url, 'partyline.v1');
  onTestFinished(() => socket.close());
  const told: string[] = [];
  socket.addEventListener('message', ({ data }) => told.push(String(data)));
  await once(socket, 'open');
  return { say: (it: object) => socket.send(JSON.stringify(it)), waitFor: waitIn(told) };
};
