import { once } from 'node:events';
import { connect } from 'node:net';

/** Somebody with nc, in the lobby. */
export interface Nc extends Disposable {
  type(line: string): void;
  /** All that it was told. */
  heard(): string;
}

/** Comes in as `nick`; resolved when it is greeted. */
export const startNc = async (textPort: number, nick: string): Promise<Nc> => {
  const socket = connect(textPort, '127.0.0.1');
  await once(socket, 'connect');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text) => {
    heard += text;
  });
  const type = (line: string): void => void socket.write(`${line}\n`);
  type(nick);
  while (!heard.includes('\r\n')) await once(socket, 'data');
  return { type, heard: () => heard, [Symbol.dispose]: () => void socket.destroy() };
};
