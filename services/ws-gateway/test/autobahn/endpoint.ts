import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Writable } from 'node:stream';
import * as ws from 'ws';
import { upgrade } from '../bare-socket.ts';
import type { Case } from './case.ts';
import { clientFrame, close, ping } from './client-frame.ts';

/** `ws`'s parser, which takes bytes without a socket; its type declarations leave it out. */
const { Receiver } = ws as unknown as {
  Receiver: new (options: { isServer: boolean }) => Writable;
};

/** What became of a case. */
export type Outcome = {
  readonly answers: readonly string[];
  /** The code of the server's close frame; undefined when it sent none. */
  readonly code: number | undefined;
};

/** A bare socket that has shaken hands. */
const enter = async (port: number): Promise<Socket> => {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.on('error', () => undefined);
  socket.write(upgrade());
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(String(head));
  return socket;
};

const cut = (frames: readonly Buffer[], chop: Case['chop']): readonly Buffer[] => {
  if (chop === 'frame') return frames;
  const bytes = Buffer.concat(frames);
  if (chop === undefined) return [bytes];
  return Array.from({ length: Math.ceil(bytes.length / chop) }, (_, index) =>
    bytes.subarray(index * chop, (index + 1) * chop),
  );
};

/** A ping after all of a case: its pong tells that everything before it was answered. */
const LAST = 'was that all?';

/** Plays a case against a server that echoes. */
export const play = async (port: number, { sends, chop }: Case): Promise<Outcome> => {
  const socket = await enter(port);
  const answers: string[] = [];
  let code: number | undefined;
  const isOver = Promise.withResolvers<void>();
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer) => answers.push(`text ${data}`));
  receiver.on('pong', (data: Buffer) => {
    if (data.toString() === LAST) isOver.resolve();
    else answers.push(`pong ${data.toString('latin1')}`);
  });
  receiver.on('conclude', (given: number) => {
    code = given;
  });
  socket.on('data', (bytes) => receiver.write(bytes));
  const ended = once(socket, 'end').then(() => isOver.resolve());

  for (const piece of [...cut(sends.map(clientFrame), chop), clientFrame(ping(LAST))]) {
    if (code !== undefined || socket.destroyed) break;
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  }
  await isOver.promise;
  if (code === undefined) socket.write(clientFrame(close(1000)));
  await ended;
  socket.end();
  return { answers, code };
};
