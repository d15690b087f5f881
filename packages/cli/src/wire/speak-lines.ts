import type { Socket } from 'node:net';
import { type Connection, type DialEvents, parseFrame } from '@partyline/client';
import { LineSplitter, toLine } from '@partyline/protocol';

/** Longer than any line of the server: a page is 256 KiB of text, which JSON may write six times as long. */
const LINE_BYTES = 8 * 1024 * 1024;
/** How long what is still to be written may take once we hung up. */
const LINGER_MS = 1_000;

/** Speaks json over an open stream, an object a line. */
export const speakLines = (socket: Socket, { heard, closed }: DialEvents): Connection => {
  const splitter = new LineSplitter(LINE_BYTES);
  let reason = '';
  socket.on('data', (bytes: Buffer) => {
    for (const line of splitter.push(bytes).lines) {
      const frame = parseFrame(line);
      if (frame !== undefined) heard(frame);
    }
  });
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('close', () => closed({ reason }));
  return {
    send: (frame) => {
      if (socket.writable) socket.write(toLine(frame));
    },
    hangUp: () => {
      socket.end();
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    },
  };
};
